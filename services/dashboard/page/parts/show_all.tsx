import type { VNode } from "preact";
import { route, updateQuery } from "../route.ts";

interface ShowAllProps {
  /** How many there are, and what they are: "violations". */
  readonly count: number;
  readonly of: string;
  /** How many are shown at first, and which: "newest". */
  readonly first: number;
  readonly which: string;
  /** The part of the view that tells whether all are shown. */
  readonly query: string;
}

/** Shows all of a long list, or its beginning alone again; nothing where the beginning is all there is. */
export function ShowAll({ count, of, first, which, query }: ShowAllProps): VNode | null {
  if (count <= first) return null;
  const all = showsAll(query);
  return (
    <button
      type="button"
      class="quiet"
      aria-expanded={all}
      onClick={() => updateQuery({ [query]: all ? undefined : "all" })}
    >
      {all ? `Show the ${which} ${first} alone` : `Show all ${count.toLocaleString("en-US")} ${of}`}
    </button>
  );
}

/** Whether all of a list are shown now. */
export function showsAll(query: string): boolean {
  return route.value.query[query] === "all";
}
