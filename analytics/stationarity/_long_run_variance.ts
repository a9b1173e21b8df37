/** Sums of the first 1, 2, … n values, and the sum of the squares of these. O(n). */
export function runningSums(
  values: Float64Array,
): { readonly sums: Float64Array; readonly sumOfSquares: number } {
  const sums = new Float64Array(values.length);
  let sum = 0, sumOfSquares = 0;
  for (let t = 0; t < values.length; t++) {
    sum += values[t];
    sums[t] = sum;
    sumOfSquares += sum * sum;
  }
  return { sums, sumOfSquares };
}

/**
 * Variance of the mean times n, with Bartlett weights on `lags` autocovariances (Newey & West 1987).
 *
 * The weighted sum of products equals the sum of squares of all moving sums of `lags` + 1 deviations, with zeros
 * around the series, over (lags + 1) n; and a moving sum is the difference of two running sums. No product of lags is
 * needed, and the result cannot be negative. O(n).
 *
 * @param sums Running sums of the deviations.
 * @param lags Fewer than there are deviations.
 */
export function longRunVariance(sums: Float64Array, lags: number): number {
  const n = sums.length;
  const width = lags + 1;
  const total = sums[n - 1];
  let squares = 0;
  for (let t = 0; t < width; t++) squares += sums[t] * sums[t];
  for (let t = width; t < n; t++) {
    const moving = sums[t] - sums[t - width];
    squares += moving * moving;
  }
  for (let t = n; t < n + lags; t++) {
    const moving = total - sums[t - width];
    squares += moving * moving;
  }
  return squares / (width * n);
}

/**
 * How many autocovariances the long-run variance should hold, from the series itself.
 *
 * Hobijn, Franses & Ooms (2004), "Generalizations of the KPSS-test for stationarity", Statistica Neerlandica 58,
 * 483–502, Bartlett kernel: 1.1447 ((s1 / s0)²)^⅓ n^⅓, where s0 is the sum of the autocovariances γ(k) for
 * |k| ≤ p = ⌊n^(2/9)⌋, and s1 that of |k| γ(k). Running sums give both: s0 sums each deviation times those within p
 * steps of it, and Bartlett weights leave (p + 1) s0 - s1. O(n).
 *
 * @param sums Running sums of the deviations.
 */
export function automaticBandwidth(deviations: Float64Array, sums: Float64Array): number {
  const n = deviations.length;
  const pilotLags = Math.trunc(n ** (2 / 9));
  const s0 = sumWithin(deviations, sums, pilotLags) / n;
  const s1 = (pilotLags + 1) * (s0 - longRunVariance(sums, pilotLags));
  const rate = 1.1447 * Math.cbrt((s1 / s0) ** 2);
  const bandwidth = Math.trunc(rate * Math.cbrt(n));
  // s0 can come out as 0: then there is no end to the memory, and the series ends it.
  return Number.isFinite(bandwidth) ? Math.min(bandwidth, n - 1) : n - 1;
}

/** Σ of each deviation times the sum of those at most `lags` steps from it; `lags` is less than half of them. */
function sumWithin(deviations: Float64Array, sums: Float64Array, lags: number): number {
  const n = deviations.length;
  const total = sums[n - 1];
  let sum = 0;
  for (let t = 0; t <= lags; t++) sum += deviations[t] * sums[t + lags];
  for (let t = lags + 1; t < n - lags; t++) sum += deviations[t] * (sums[t + lags] - sums[t - lags - 1]);
  for (let t = n - lags; t < n; t++) sum += deviations[t] * (total - sums[t - lags - 1]);
  return sum;
}
