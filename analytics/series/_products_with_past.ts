/**
 * Products of a series with its own past, Σ x[t] x[t − lag] for lag 0 … `maxLag`, over t = `from` … end; what would
 * lie before the series counts as 0.
 *
 * Four lags at a time, so that the additions do not wait for each other. O(n · maxLag).
 */
export function productsWithPast(x: Float64Array, maxLag: number, from: number): Float64Array {
  const products = new Float64Array(maxLag + 4);
  const padded = new Float64Array(x.length + 3);
  padded.set(x, 3);
  for (let lag = 0; lag <= maxLag; lag += 4) {
    let sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
    for (let t = Math.max(from, lag) + 3; t < padded.length; t++) {
      const now = padded[t];
      const then = t - lag;
      sum0 += now * padded[then];
      sum1 += now * padded[then - 1];
      sum2 += now * padded[then - 2];
      sum3 += now * padded[then - 3];
    }
    products[lag] = sum0;
    products[lag + 1] = sum1;
    products[lag + 2] = sum2;
    products[lag + 3] = sum3;
  }
  return products.slice(0, maxLag + 1);
}
