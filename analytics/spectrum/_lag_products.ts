import { fourierTransform } from "../fourier/_fourier_transform.ts";
import { type UnitCircle, unitCircle } from "../fourier/_unit_circle.ts";
import { productsWithPast } from "../series/_products_with_past.ts";

/**
 * Sums of products of a series with its own past: `Σ x[t] x[t + lag]` for lag 0 … `maxLag`.
 *
 * Few lags are summed directly, four at a time so that the additions do not wait for each other: O(n · maxLag).
 * Many go through the power spectrum of the zero-padded series (Wiener–Khinchin): O(n log n).
 */
export function lagProducts(x: Float64Array, maxLag: number): Float64Array {
  const size = transformSize(x.length, maxLag);
  // A transform costs about 8 multiplications per point and doubling, there and back.
  return x.length * maxLag <= 8 * size * Math.log2(size)
    ? productsWithPast(x, maxLag, 0)
    : spectralLagProducts(x, maxLag, size);
}

/**
 * The sums through the spectrum. Even and odd entries share one complex transform of half the size, both ways: the
 * spectrum of a real series mirrors itself, and its power is again a real, even series.
 */
function spectralLagProducts(x: Float64Array, maxLag: number, size: number): Float64Array {
  const half = size / 2;
  const circle = unitCircle(size);
  const { cosines, sines } = circle;
  const re = new Float64Array(half);
  const im = new Float64Array(half);
  for (let t = 0; t < x.length; t += 2) {
    re[t / 2] = x[t];
    im[t / 2] = t + 1 < x.length ? x[t + 1] : 0;
  }
  fourierTransform(re, im, circle);
  packPower(re, im, circle);
  fourierTransform(re, im, circle);
  const products = new Float64Array(maxLag + 1);
  for (let lag = 0; lag <= maxLag; lag++) {
    const mirror = lag === 0 ? 0 : half - lag;
    const even = re[lag] + re[mirror];
    const odd = cosines[lag] * (im[lag] + im[mirror]) + sines[lag] * (re[mirror] - re[lag]);
    products[lag] = (even + odd) / (2 * size);
  }
  return products;
}

/**
 * Turns the transform of a packed real series into its power spectrum |X[k]|², packed the same way.
 *
 * X[k] and X[half - k] come from the same two packed entries, so a pair is unpacked at once.
 */
function packPower(re: Float64Array, im: Float64Array, circle: UnitCircle): void {
  const half = re.length;
  const { cosines, sines } = circle;
  const power = new Float64Array(half + 1);
  power[0] = (re[0] + im[0]) ** 2;
  power[half] = (re[0] - im[0]) ** 2;
  for (let k = 1; k <= half / 2; k++) {
    const mirror = half - k;
    const evenRe = re[k] + re[mirror], evenIm = im[k] - im[mirror];
    const oddRe = im[k] + im[mirror], oddIm = re[mirror] - re[k];
    const turnedRe = cosines[k] * oddRe + sines[k] * oddIm;
    const turnedIm = cosines[k] * oddIm - sines[k] * oddRe;
    const realSum = evenRe + turnedRe, imaginarySum = evenIm + turnedIm;
    const realDifference = evenRe - turnedRe, imaginaryDifference = evenIm - turnedIm;
    power[k] = (realSum * realSum + imaginarySum * imaginarySum) / 4;
    power[mirror] = (realDifference * realDifference + imaginaryDifference * imaginaryDifference) / 4;
  }
  for (let k = 0; k < half / 2; k++) {
    re[k] = power[2 * k];
    im[k] = power[2 * k + 1];
    re[half / 2 + k] = power[half - 2 * k];
    im[half / 2 + k] = power[half - 2 * k - 1];
  }
}

/** The smallest power of two, or three times one, at which `maxLag` lags do not wrap around onto the series. */
function transformSize(n: number, maxLag: number): number {
  const needed = n + maxLag + 1;
  let size = 16;
  while (size < needed) size *= 2;
  return size * 3 / 4 >= needed ? size * 3 / 4 : size;
}
