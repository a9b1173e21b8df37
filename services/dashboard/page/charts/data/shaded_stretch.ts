import type { TimeRange } from "../../zoom_range.ts";

/** A violation: of a bound, which is shaded, or by what is missing, which is hatched. */
export interface ShadedStretch extends TimeRange {
  /** @default "bound" */
  readonly cause?: "bound" | "noData";
}
