import type { VNode } from "preact";
import { isSourceDown } from "../../current_outages.ts";
import { Time } from "./time.tsx";

/** While nothing can be judged: as of when figures are that would look like those of now. */
export function AsOf({ atMs }: { readonly atMs: number }): VNode | null {
  if (!isSourceDown()) return null;
  return (
    <p class="notice notice-stale">
      As of <Time atMs={atMs} />: nothing has been judged since.
    </p>
  );
}
