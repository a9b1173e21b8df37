import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { route } from "./route.ts";

/** Where each view was scrolled to when it was left. */
const leftAt = new Map<string, number>();
/** Going back or forth comes without a click on a link before it. */
let clicked = false;

history.scrollRestoration = "manual";
addEventListener("scroll", () => leftAt.set(location.hash, scrollY), { passive: true });
addEventListener("click", ({ target }) => {
  leftAt.set(location.hash, scrollY);
  clicked = target instanceof Element && target.closest("a") !== null;
}, { capture: true });

/**
 * Another page starts at its top, with the keyboard's focus on it, as when a document is loaded; one that is gone
 * back to is where it was left.
 */
export function useArrival(): void {
  const { page, id } = route.value;
  const first = useRef(true);
  useLayoutEffect(() => {
    scrollTo(0, clicked ? 0 : leftAt.get(location.hash) ?? 0);
    clicked = false;
    if (!first.current) document.getElementById("content")?.focus({ preventScroll: true });
    first.current = false;
  }, [page, id]);
}

/** Names the tab, so that several are told apart. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title === undefined ? "Pronoia" : `${title} · Pronoia`;
  }, [title]);
}
