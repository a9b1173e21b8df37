import { observedMean } from "../../series/_observed_mean.ts";
import { solveSmall } from "../../series/_solve_small.ts";
import { Autoregression } from "./_autoregression.ts";

/** What to regress on. */
export interface AutoregressionShape {
  /** Lags, ascending. */
  readonly lags: readonly number[];
  /** Shrinkage of the coefficients, relative to the variance of the series. */
  readonly ridge: number;
  /** The most by which what is carried on may grow a step, as a factor; unlimited where absent. */
  readonly growth?: number;
}

/**
 * Fits an autoregression to `values[0 … end)` by least squares over the rows without a gap.
 *
 * Everything is centred first, so a large level costs no digits. O(n·p²). Returns `null` where there are fewer than
 * two rows per coefficient, or nothing to explain.
 */
export function fitAutoregression(
  values: Float64Array,
  end: number,
  shape: AutoregressionShape,
): Autoregression | null {
  const { lags, ridge } = shape;
  const p = lags.length;
  const longest = lags[p - 1];
  const centre = observedMean(values.subarray(0, end));
  const gram = new Float64Array(p * p);
  const cross = new Float64Array(p);
  const sums = new Float64Array(p);
  const row = new Float64Array(p);
  let rows = 0;
  let sum = 0;
  for (let t = longest; t < end; t++) {
    const y = values[t] - centre;
    let total = y;
    for (let i = 0; i < p; i++) total += row[i] = values[t - lags[i]] - centre;
    if (total !== total) continue;
    rows++;
    sum += y;
    for (let i = 0; i < p; i++) {
      const x = row[i];
      sums[i] += x;
      cross[i] += x * y;
      for (let j = 0; j <= i; j++) gram[i * p + j] += x * row[j];
    }
  }
  if (rows < 2 * p + 2) return null;
  let trace = 0;
  for (let i = 0; i < p; i++) {
    cross[i] -= sums[i] * sum / rows;
    for (let j = 0; j <= i; j++) gram[i * p + j] -= sums[i] * sums[j] / rows;
    trace += gram[i * p + i];
  }
  if (!(trace > 0)) return null;
  for (let i = 0; i < p; i++) gram[i * p + i] += ridge * trace / p;
  // What the values do not tell is taken from the naive forecast: shrunk to 0, a straight line would bend.
  cross[0] += ridge * trace / p;
  if (!solveSmall(gram, p, cross)) return null;
  const tooFast = shape.growth === undefined ? 0 : growthOf(lags, cross) / shape.growth;
  // All roots move inwards by as much.
  if (tooFast > 1) lags.forEach((lag, i) => cross[i] /= tooFast ** lag);
  let intercept = sum / rows + centre;
  for (let i = 0; i < p; i++) intercept -= cross[i] * (sums[i] / rows + centre);
  const fitted = new Autoregression(lags, cross, intercept, new Float64Array(longest).fill(centre), 0);
  for (let t = 0; t < end; t++) fitted.update(values[t]);
  return fitted;
}

/** So far ahead is seen whether a regression runs away, and no less than so many times its longest lag. */
const FAR_STEPS = 3000;
const FAR_LAGS = 8;

/**
 * The factor by which what such a regression carries on grows a step, far ahead: more than 1 where it has a root
 * outside of the unit circle.
 */
function growthOf(lags: readonly number[], coefficients: Float64Array): number {
  const longest = lags[lags.length - 1];
  const half = Math.max(FAR_STEPS, FAR_LAGS * longest) >> 1;
  const response = new Float64Array(longest + 2 * half);
  response[longest - 1] = 1;
  for (let t = longest; t < response.length; t++) {
    for (let i = 0; i < lags.length; i++) response[t] += coefficients[i] * response[t - lags[i]];
  }
  // One by one: a season may be longer than a call takes arguments.
  const sizeUpTo = (end: number): number =>
    response.subarray(end - longest, end).reduce((size, value) => Math.hypot(size, value), 0);
  return (sizeUpTo(response.length) / sizeUpTo(response.length - half)) ** (1 / half);
}
