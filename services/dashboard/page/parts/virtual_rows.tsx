import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

interface VirtualRowsProps {
  readonly count: number;
  readonly rowHeightPx: number;
  readonly row: (index: number) => VNode;
}

/** Rows kept beyond the view, so that scrolling shows no gap. */
const MARGIN_ROWS = 8;

/** A scrolled list of rows of one height, of which only those in view exist. */
export function VirtualRows({ count, rowHeightPx, row }: VirtualRowsProps): VNode {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 480 });
  useEffect(() => {
    const element = box.current!;
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight });
    look();
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, []);
  const first = Math.max(0, Math.floor(view.top / rowHeightPx) - MARGIN_ROWS);
  const last = Math.min(count, Math.ceil((view.top + view.height) / rowHeightPx) + MARGIN_ROWS);
  // Rows that go out of view are filled anew for those that come in: writing text is cheaper than making elements.
  const slots = Math.ceil(view.height / rowHeightPx) + 2 * MARGIN_ROWS + 1;
  const rows: VNode[] = [];
  for (let i = first; i < last; i++) {
    rows.push(
      <div key={i % slots} class="virtual-row" style={{ top: `${i * rowHeightPx}px` }} role="presentation">
        {row(i)}
      </div>,
    );
  }
  return (
    <div
      ref={box}
      class="virtual"
      role="rowgroup"
      tabIndex={0}
      style={{ maxHeight: `${Math.min(count, 14) * rowHeightPx + 2}px` }}
    >
      <div style={{ height: `${count * rowHeightPx}px`, position: "relative" }} role="presentation">
        {rows}
      </div>
    </div>
  );
}
