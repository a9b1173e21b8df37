import type { ComponentChildren, VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface KeepHeightProps {
  /** Whether what is shown only stands for what comes. */
  readonly isBusy: boolean;
  readonly children: ComponentChildren;
}

/** Parts of a panel; while another answer is worked out they take the room of the last one, so that nothing jumps. */
export function KeepHeight({ isBusy, children }: KeepHeightProps): VNode {
  const box = useRef<HTMLDivElement>(null);
  const heightPx = useRef(0);
  useLayoutEffect(() => {
    if (isBusy) return;
    const note = () => heightPx.current = box.current!.offsetHeight;
    const observer = new ResizeObserver(note);
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, [isBusy]);
  const room = isBusy && heightPx.current > 0 ? { minHeight: `${heightPx.current}px` } : undefined;
  return <div ref={box} class="keep-height" aria-busy={isBusy} style={room}>{children}</div>;
}
