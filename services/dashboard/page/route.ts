import { type ReadonlySignal, signal } from "@preact/signals";
import { linkTo, readRoute, type Route } from "./view_link.ts";

export { linkTo };

const current = signal<Route>(readRoute(location.hash));
addEventListener("hashchange", () => current.value = readRoute(location.hash));

/** The route shown now. */
export const route: ReadonlySignal<Route> = current;

/** Changes part of the view in place, without a step in the browser's history. */
export function updateQuery(changes: Readonly<Record<string, string | undefined>>): void {
  const { query } = current.value;
  const path = location.hash.slice(2).split("?")[0];
  history.replaceState(null, "", linkTo(path, { ...query, ...changes }));
  current.value = readRoute(location.hash);
}
