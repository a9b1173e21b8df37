import { stepAny, stepFive, stepFour, stepThree, stepTwo } from "./_radix_steps.ts";
import type { UnitCircle } from "./_unit_circle.ts";

/** Two arrays a transform may write over, as long as its parts. */
export interface FourierScratch {
  /** For real parts. */
  readonly re: Float64Array;
  /** For imaginary parts. */
  readonly im: Float64Array;
}

/** Creates the scratch of transforms of `length` points, for those that are done many times. */
export function fourierScratch(length: number): FourierScratch {
  return { re: new Float64Array(length), im: new Float64Array(length) };
}

/**
 * Discrete Fourier transform in place: X[k] = Σ x[t] e^(-2πi kt / length), unscaled, of any length.
 *
 * Stockham's autosort steps on separate real and imaginary arrays, of radix 3, 5, any other odd prime, 4 and 2: no
 * bit reversal, no padding for periods such as 288 or 10,080. Against npm `fft.js` the table costs an eighth, and
 * real input can be packed two by two. O(length · Σ prime factors), which is O(n log n) for powers of two and three
 * times one.
 *
 * @param re Real parts.
 * @param im Imaginary parts, as many.
 * @param circle Of the same size or a multiple of it.
 */
export function fourierTransform(
  re: Float64Array,
  im: Float64Array,
  circle: UnitCircle,
  scratch: FourierScratch = fourierScratch(re.length),
): void {
  let [fromRe, fromIm] = [re, im];
  let { re: toRe, im: toIm } = scratch;
  let rest = re.length;
  let stride = 1;
  while (rest > 1) {
    const radix = nextRadix(rest);
    if (radix === 2) stepTwo(fromRe, fromIm, toRe, toIm);
    else if (radix === 3) stepThree(fromRe, fromIm, toRe, toIm, stride, circle);
    else if (radix === 4) stepFour(fromRe, fromIm, toRe, toIm, stride, circle);
    else if (radix === 5) stepFive(fromRe, fromIm, toRe, toIm, stride, circle);
    else stepAny(fromRe, fromIm, toRe, toIm, radix, stride, circle);
    [fromRe, fromIm, toRe, toIm] = [toRe, toIm, fromRe, fromIm];
    rest /= radix;
    stride *= radix;
  }
  if (fromRe !== re) {
    re.set(fromRe);
    im.set(fromIm);
  }
}

/** The radix to take next: odd primes from the smallest on, then fours, and at the very end a two. */
function nextRadix(length: number): number {
  let odd = length;
  while (odd % 2 === 0) odd /= 2;
  if (odd === 1) return length === 2 ? 2 : 4;
  let prime = 3;
  while (odd % prime !== 0) prime = prime * prime > odd ? odd : prime + 2;
  return prime;
}
