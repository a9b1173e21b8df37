import { slopeOf } from "./_slope.ts";

/**
 * Continues a series before its first and after its last known value by the least-squares lines through `points` of
 * its values nearest to either end. In place, O(n + points).
 *
 * As in statsmodels to the point: the line at the end leaves the last value out.
 */
export function extendEnds(series: Float64Array, points: number): void {
  const first = series.findIndex((value) => !Number.isNaN(value));
  const last = series.findLastIndex((value) => !Number.isNaN(value));
  const start = fitLine(series, first, Math.min(first + points, last));
  const end = fitLine(series, Math.max(first, last - points), last);
  for (let t = 0; t < first; t++) series[t] = start(t);
  for (let t = last + 1; t < series.length; t++) series[t] = end(t);
}

/** The least-squares line through `series[from … to − 1]`; a single point is continued as it is. */
function fitLine(series: Float64Array, from: number, to: number): (t: number) => number {
  const points = series.subarray(from, to);
  const mean = points.reduce((sum, value) => sum + value / points.length, 0);
  const slope = slopeOf(points, points.length);
  return (t) => mean + slope * (t - (from + to - 1) / 2);
}
