import { slopeOf } from "../../series/_slope.ts";
import { fitSmoothing, runSmoothing } from "./_fit_smoothing.ts";
import type { Smoothing } from "./_smoothing.ts";

/**
 * The theta method as a smoothing that is taken further value by value: simple smoothing, then half the slope of the
 * straight line through `values[0 … end)` as a constant drift of the level.
 */
export function fitTheta(values: Float64Array, end: number): Smoothing {
  const { level } = fitSmoothing(values, end, { trend: false, carry: false, passes: 30 }).parameters;
  const slope = slopeOf(values, end) / 2;
  return runSmoothing(values, end, { level, trend: 0, damping: 0, carry: 0, slope });
}
