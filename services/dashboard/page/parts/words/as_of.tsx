import type { VNode } from "preact";
import { isNothingNew, isSourceDown } from "../../current_outages.ts";
import { Time } from "./time.tsx";

/** While nothing new comes: as of when figures are that would look like those of now. */
export function AsOf({ atMs }: { readonly atMs: number }): VNode | null {
  if (!isNothingNew()) return null;
  return (
    <p class="notice notice-stale">
      As of <Time atMs={atMs} />:{" "}
      {isSourceDown() ? "no samples have come since." : "what has been judged since can't be read."}
    </p>
  );
}
