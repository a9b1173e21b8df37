import { type ReadonlySignal, signal } from "@preact/signals";
import { linkTo, readRoute, type Route } from "./view_link.ts";

export { linkTo };

const current = signal<Route>(readRoute(location.hash));
addEventListener("hashchange", () => current.value = readRoute(location.hash));

/** The route shown now. */
export const route: ReadonlySignal<Route> = current;

/** Changes of the same kind in quick succession are one step back. */
const STEP_MS = 1_000;
let lastStep = { keys: "", atMs: -Infinity };

/** Changes part of the view; the browser's back button undoes it, unless it is typed letter by letter. */
export function updateQuery(
  changes: Readonly<Record<string, string | undefined>>,
  { typed = false }: { readonly typed?: boolean } = {},
): void {
  const { query } = current.value;
  const path = location.hash.slice(2).split("?")[0];
  const link = linkTo(path, { ...query, ...changes });
  if (link === location.hash) return;
  const keys = Object.keys(changes).join();
  const nowMs = performance.now();
  if (typed || (keys === lastStep.keys && nowMs - lastStep.atMs < STEP_MS)) {
    history.replaceState(null, "", link);
  } else history.pushState(null, "", link);
  lastStep = { keys, atMs: nowMs };
  current.value = readRoute(location.hash);
}

/** Shows a part of the time axis; `null` is the whole. */
export function zoomTo(range: { readonly fromMs: number; readonly toMs: number } | null): void {
  updateQuery({
    from: range === null ? undefined : String(Math.round(range.fromMs)),
    to: range === null ? undefined : String(Math.round(range.toMs)),
  });
}
