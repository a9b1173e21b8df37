import { Autoregression } from "./_autoregression.ts";

/** What to regress on. */
export interface AutoregressionShape {
  readonly name: string;
  /** Lags, ascending. */
  readonly lags: readonly number[];
  /** Shrinkage of the coefficients, relative to the variance of the series. */
  readonly ridge: number;
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
  const { lags, ridge, name } = shape;
  const p = lags.length;
  const longest = lags[p - 1];
  const centre = observedMean(values, end);
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
  if (!solveCholesky(gram, cross, p)) return null;
  let intercept = sum / rows + centre;
  for (let i = 0; i < p; i++) intercept -= cross[i] * (sums[i] / rows + centre);
  const fitted = new Autoregression(name, lags, cross, intercept, new Float64Array(longest).fill(centre), 0);
  for (let t = 0; t < end; t++) fitted.update(values[t]);
  return fitted;
}

/** Solves `gram · x = right` in place, `gram` given by its lower triangle; false where it is not positive. */
function solveCholesky(gram: Float64Array, right: Float64Array, p: number): boolean {
  for (let j = 0; j < p; j++) {
    let pivot = gram[j * p + j];
    const own = pivot;
    for (let k = 0; k < j; k++) pivot -= gram[j * p + k] ** 2;
    if (!(pivot > own * 1e-12)) return false;
    const root = Math.sqrt(pivot);
    gram[j * p + j] = root;
    for (let i = j + 1; i < p; i++) {
      let entry = gram[i * p + j];
      for (let k = 0; k < j; k++) entry -= gram[i * p + k] * gram[j * p + k];
      gram[i * p + j] = entry / root;
    }
  }
  for (let i = 0; i < p; i++) {
    for (let k = 0; k < i; k++) right[i] -= gram[i * p + k] * right[k];
    right[i] /= gram[i * p + i];
  }
  for (let i = p - 1; i >= 0; i--) {
    for (let k = i + 1; k < p; k++) right[i] -= gram[k * p + i] * right[k];
    right[i] /= gram[i * p + i];
  }
  return true;
}

function observedMean(values: Float64Array, end: number): number {
  let mean = 0;
  let count = 0;
  for (let t = 0; t < end; t++) {
    if (values[t] === values[t]) mean += (values[t] - mean) / ++count;
  }
  return mean;
}
