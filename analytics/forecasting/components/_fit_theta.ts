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

/** Slope of the least squares line through the observed values of `values[0 … end)`. */
export function slopeOf(values: Float64Array, end: number): number {
  let count = 0;
  let meanTime = 0;
  let mean = 0;
  let cross = 0;
  let squares = 0;
  for (let t = 0; t < end; t++) {
    if (values[t] !== values[t]) continue;
    count++;
    const step = t - meanTime;
    meanTime += step / count;
    mean += (values[t] - mean) / count;
    cross += step * (values[t] - mean);
    squares += step * (t - meanTime);
  }
  return squares > 0 ? cross / squares : 0;
}
