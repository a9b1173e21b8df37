/**
 * The discrete Fourier transform of one fixed length: Stockham's autosort algorithm over the prime factors (4 first),
 * so that periods such as 24, 288 or 10,080 need no padding. O(n·Σ factors).
 */
export interface Fourier {
  /** Transforms in place; both parts have the length the transform was created for. */
  transform(real: Float64Array, imaginary: Float64Array): void;
}

/** Creates the transform for `length` points. */
export function createFourier(length: number): Fourier {
  const factors = factorize(length);
  const cosines = new Float64Array(length);
  const sines = new Float64Array(length);
  for (let k = 0; k < length; k++) {
    cosines[k] = Math.cos(2 * Math.PI * k / length);
    sines[k] = -Math.sin(2 * Math.PI * k / length);
  }
  const scratchReal = new Float64Array(length);
  const scratchImaginary = new Float64Array(length);
  return {
    transform(real: Float64Array, imaginary: Float64Array): void {
      let fromR: Float64Array = real, fromI: Float64Array = imaginary;
      let toR: Float64Array = scratchReal, toI: Float64Array = scratchImaginary;
      let size = length, stride = 1;
      for (const radix of factors) {
        const part = size / radix;
        for (let k = 0; k < part; k++) {
          for (let i = 0; i < radix; i++) {
            const turnR = cosines[i * k * stride];
            const turnI = sines[i * k * stride];
            const step = i * part * stride;
            for (let q = 0; q < stride; q++) {
              let sumR = 0, sumI = 0, angle = 0, at = q + stride * k;
              for (let j = 0; j < radix; j++) {
                const c = cosines[angle], s = sines[angle];
                sumR += fromR[at] * c - fromI[at] * s;
                sumI += fromR[at] * s + fromI[at] * c;
                at += stride * part;
                angle += step;
                if (angle >= length) angle -= length;
              }
              const target = q + stride * (radix * k + i);
              toR[target] = sumR * turnR - sumI * turnI;
              toI[target] = sumR * turnI + sumI * turnR;
            }
          }
        }
        [fromR, fromI, toR, toI] = [toR, toI, fromR, fromI];
        size = part;
        stride *= radix;
      }
      if (fromR !== real) {
        real.set(fromR);
        imaginary.set(fromI);
      }
    },
  };
}

function factorize(length: number): number[] {
  const factors: number[] = [];
  let rest = length;
  for (const factor of [4, 2, 3, 5, 7]) {
    while (rest % factor === 0) {
      factors.push(factor);
      rest /= factor;
    }
  }
  for (let factor = 11; factor * factor <= rest; factor += 2) {
    while (rest % factor === 0) {
      factors.push(factor);
      rest /= factor;
    }
  }
  if (rest > 1) factors.push(rest);
  return factors;
}
