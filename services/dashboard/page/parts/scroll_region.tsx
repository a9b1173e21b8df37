import type { ComponentChildren, VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

interface ScrollRegionProps {
  /** What is in it, for those who come to it by keyboard and can't see it. */
  readonly label: string;
  readonly children: ComponentChildren;
}

/**
 * A table that may be wider than the screen: shadows at its edges tell that it goes on, and the keyboard can scroll
 * it; one that fits is no stop of the keyboard.
 */
export function ScrollRegion({ label, children }: ScrollRegionProps): VNode {
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useLayoutEffect(() => {
    const element = box.current!;
    const look = () =>
      setScrolls(
        element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1,
      );
    const observer = new ResizeObserver(look);
    for (const observed of [element, ...element.children]) observer.observe(observed);
    return () => observer.disconnect();
  }, []);
  const region = scrolls ? { role: "group", tabIndex: 0, "aria-label": label } as const : {};
  return <div ref={box} class="scroll" {...region}>{children}</div>;
}
