/** Turns values into the sums of the first 1, 2, … n of them, in place, and returns the sum of the squares. O(n). */
export function accumulate(values: Float64Array): number {
  let sum = 0, evenSquares = 0, oddSquares = 0, t = 0;
  // Two at a time, so that half of the additions do not wait for the one before.
  for (; t + 1 < values.length; t += 2) {
    const both = values[t] + values[t + 1];
    const first = sum + values[t];
    sum += both;
    values[t] = first;
    values[t + 1] = sum;
    evenSquares += first * first;
    oddSquares += sum * sum;
  }
  if (t < values.length) {
    sum += values[t];
    values[t] = sum;
    evenSquares += sum * sum;
  }
  return evenSquares + oddSquares;
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
  let squares = 0, others = 0, t = width;
  for (let t = 0; t < width; t++) squares += sums[t] * sums[t];
  // Two sums side by side, so that the additions do not wait for each other.
  for (; t + 1 < n; t += 2) {
    const moving = sums[t] - sums[t - width], next = sums[t + 1] - sums[t + 1 - width];
    squares += moving * moving;
    others += next * next;
  }
  squares += others;
  for (; t < n; t++) squares += (sums[t] - sums[t - width]) ** 2;
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
 * |k| ≤ p = ⌊n^(2/9)⌋, and s1 that of |k| γ(k). Bartlett weights on p lags leave (p + 1) s0 - s1 of them, those on
 * one lag less p s0 - s1: two long-run variances give both sums. O(n).
 *
 * @param sums Running sums of the deviations, at least 3.
 */
export function automaticBandwidth(sums: Float64Array): number {
  const n = sums.length;
  const pilotLags = Math.trunc(n ** (2 / 9));
  const wide = (pilotLags + 1) * longRunVariance(sums, pilotLags);
  const s0 = wide - pilotLags * longRunVariance(sums, pilotLags - 1);
  const s1 = (pilotLags + 1) * s0 - wide;
  const rate = 1.1447 * Math.cbrt((s1 / s0) ** 2);
  const bandwidth = Math.trunc(rate * Math.cbrt(n));
  // s0 can come out as 0: then there is no end to the memory, and the series ends it.
  return Number.isFinite(bandwidth) ? Math.min(bandwidth, n - 1) : n - 1;
}
