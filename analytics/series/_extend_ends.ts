/**
 * Continues a series before its first and after its last known value by the least-squares lines through `points` of its
 * values nearest to either end. In place, O(n + points).
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
  const middle = (from + to - 1) / 2;
  let mean = 0;
  for (let t = from; t < to; t++) mean += series[t] / (to - from);
  let covariance = 0;
  let variance = 0;
  for (let t = from; t < to; t++) {
    covariance += (t - middle) * (series[t] - mean);
    variance += (t - middle) ** 2;
  }
  const slope = variance > 0 ? covariance / variance : 0;
  return (t) => mean + slope * (t - middle);
}
