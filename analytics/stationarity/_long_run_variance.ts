import { directLagProducts } from "../spectrum/_lag_products.ts";

/**
 * Variance of the mean times n, with Bartlett weights on `lags` autocovariances (Newey & West 1987).
 *
 * The weighted sum of products equals the sum of squares of all moving sums of `lags` + 1 deviations, with zeros
 * around the series, over (lags + 1) n: no product of lags is needed, and the result cannot be negative. O(n).
 */
export function longRunVariance(deviations: Float64Array, lags: number): number {
  const n = deviations.length;
  const width = lags + 1;
  let [moving, squares] = [0, 0];
  for (let t = 0; t < n + lags; t++) {
    if (t < n) moving += deviations[t];
    if (t >= width) moving -= deviations[t - width];
    squares += moving * moving;
  }
  return squares / (width * n);
}

/**
 * How many autocovariances the long-run variance should hold, from the series itself.
 *
 * Hobijn, Franses & Ooms (2004), "Generalizations of the KPSS-test for stationarity", Statistica Neerlandica 58,
 * 483–502, Bartlett kernel: 1.1447 ((s1 / s0)²)^⅓ n^⅓, with s0 and s1 from the first n^(2/9) autocovariances.
 */
export function automaticBandwidth(deviations: Float64Array): number {
  const n = deviations.length;
  const pilotLags = Math.trunc(n ** (2 / 9));
  const products = directLagProducts(deviations, pilotLags);
  let s0 = products[0] / n;
  let s1 = 0;
  for (let lag = 1; lag <= pilotLags; lag++) {
    const twice = products[lag] / (n / 2);
    s0 += twice;
    s1 += lag * twice;
  }
  const rate = 1.1447 * Math.cbrt((s1 / s0) ** 2);
  const bandwidth = Math.trunc(rate * Math.cbrt(n));
  // s0 can come out as 0: then there is no end to the memory, and the series ends it.
  return Number.isFinite(bandwidth) ? Math.min(bandwidth, n - 1) : n - 1;
}
