import type { RangeQuery } from "../ports/metrics_source.ts";

/**
 * Puts samples on the grid of a query: entry k holds the newest sample of
 * `[fromMs + k·stepMs, fromMs + (k+1)·stepMs)` that is a number.
 *
 * So a window `[fromMs, toMs)` of the grid holds exactly what was sampled in `[fromMs, toMs)`, whatever the phase of
 * the scrapes, and nothing is carried into a gap. Pieces give the same as the whole, which rounding to the nearest
 * step does not. ±Infinity is no value that can be stored or analysed: it is missing like NaN.
 *
 * @param target The values to write into, one per grid step; what has no sample stays as it is.
 * @returns The number of infinite samples left out.
 */
export function placeOnGrid(
  samples: { readonly timesMs: ArrayLike<number>; readonly values: ArrayLike<number> },
  query: Pick<RangeQuery, "fromMs" | "stepMs">,
  target: Float64Array,
): number {
  const { timesMs, values } = samples;
  const newest = new Float64Array(target.length).fill(-Infinity);
  let infinite = 0;
  for (let i = 0; i < timesMs.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) {
      if (!Number.isNaN(value)) infinite++;
      continue;
    }
    const k = Math.floor((timesMs[i] - query.fromMs) / query.stepMs);
    if (k < 0 || k >= target.length || timesMs[i] < newest[k]) continue;
    newest[k] = timesMs[i];
    target[k] = value;
  }
  return infinite;
}
