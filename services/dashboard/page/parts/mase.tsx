import type { VNode } from "preact";

/** The name of the scaled error, what it means on hover. */
export function Mase(): VNode {
  return (
    <abbr title="Mean absolute scaled error: the error over the mean change from one value to the next. Below 1, it is smaller than such a change; several steps ahead it may well be above.">
      MASE
    </abbr>
  );
}
