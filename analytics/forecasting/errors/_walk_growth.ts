import { maseScale } from "./_summarize_errors.ts";

/**
 * By which power of their distance values of a series without seasons drift apart, from `steps` on and less the mean
 * change: 0 around a level or a line, 0.5 of a random walk. All values tell it more surely than few tested stretches.
 *
 * @param values The first and the last one observed.
 */
export function walkGrowth(values: Float64Array, steps: number): number {
  const last = values.length - 1;
  // Eight stretches side by side tell a distance.
  const far = last >> 3;
  const near = Math.max(1, Math.min(steps, far >> 2));
  const slope = (values[last] - values[0]) / last;
  const level = values.map((value, t) => value - slope * t);
  const growth = Math.log(maseScale(level, far) / maseScale(level, near)) / Math.log(far / near);
  return growth > 0 ? Math.min(0.5, growth) : 0;
}
