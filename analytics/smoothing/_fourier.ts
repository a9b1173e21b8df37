/**
 * The discrete Fourier transform of one fixed length, whatever its factors: Stockham's autosort steps of radix 4, 3, 2
 * and any other prime, so that periods such as 24, 288 or 10,080 need no padding. O(length · Σ factors).
 */
export interface Fourier {
  /** Transforms in place; both parts have the length the transform was created for. */
  transform(real: Float64Array, imaginary: Float64Array): void;
  /** cos(2πk / length). */
  readonly cosines: Float64Array;
  /** −sin(2πk / length). */
  readonly sines: Float64Array;
}

/** One step: `stride` interleaved transforms of `radix · part` points become `radix` times as many of `part`. */
interface Step {
  readonly radix: number;
  readonly part: number;
  readonly stride: number;
}

/** Creates the transform for `length` points. */
export function createFourier(length: number): Fourier {
  const cosines = new Float64Array(length);
  const sines = new Float64Array(length);
  for (let k = 0; k < length; k++) {
    cosines[k] = Math.cos(2 * Math.PI * k / length);
    sines[k] = -Math.sin(2 * Math.PI * k / length);
  }
  const steps: Step[] = [];
  let size = length, stride = 1;
  for (const radix of factorize(length)) {
    size /= radix;
    steps.push({ radix, part: size, stride });
    stride *= radix;
  }
  const scratchReal = new Float64Array(length);
  const scratchImaginary = new Float64Array(length);
  return {
    cosines,
    sines,
    transform(real: Float64Array, imaginary: Float64Array): void {
      let xr: Float64Array = real, xi: Float64Array = imaginary;
      let yr: Float64Array = scratchReal, yi: Float64Array = scratchImaginary;
      for (const step of steps) {
        if (step.radix === 4) stepFour(step, xr, xi, yr, yi, cosines, sines);
        else if (step.radix === 3) stepThree(step, xr, xi, yr, yi, cosines, sines);
        else if (step.radix === 2) stepTwo(step, xr, xi, yr, yi, cosines, sines);
        else stepAny(step, xr, xi, yr, yi, cosines, sines);
        [xr, xi, yr, yi] = [yr, yi, xr, xi];
      }
      if (xr !== real) {
        real.set(xr);
        imaginary.set(xi);
      }
    },
  };
}

type Pass = (
  step: Step,
  xr: Float64Array,
  xi: Float64Array,
  yr: Float64Array,
  yi: Float64Array,
  cosines: Float64Array,
  sines: Float64Array,
) => void;

const stepFour: Pass = ({ part, stride }, xr, xi, yr, yi, cosines, sines) => {
  const jump = stride * part;
  for (let k = 0; k < part; k++) {
    const c1 = cosines[k * stride], s1 = sines[k * stride];
    const c2 = cosines[2 * k * stride], s2 = sines[2 * k * stride];
    const c3 = cosines[3 * k * stride], s3 = sines[3 * k * stride];
    let to = 4 * k * stride;
    for (let a = k * stride; a < (k + 1) * stride; a++, to++) {
      const b = a + jump, c = b + jump, d = c + jump;
      const sumAcR = xr[a] + xr[c], sumAcI = xi[a] + xi[c];
      const lessAcR = xr[a] - xr[c], lessAcI = xi[a] - xi[c];
      const sumBdR = xr[b] + xr[d], sumBdI = xi[b] + xi[d];
      const turnR = xi[b] - xi[d], turnI = xr[d] - xr[b];
      const oneR = lessAcR + turnR, oneI = lessAcI + turnI;
      const twoR = sumAcR - sumBdR, twoI = sumAcI - sumBdI;
      const threeR = lessAcR - turnR, threeI = lessAcI - turnI;
      yr[to] = sumAcR + sumBdR;
      yi[to] = sumAcI + sumBdI;
      yr[to + stride] = oneR * c1 - oneI * s1;
      yi[to + stride] = oneR * s1 + oneI * c1;
      yr[to + 2 * stride] = twoR * c2 - twoI * s2;
      yi[to + 2 * stride] = twoR * s2 + twoI * c2;
      yr[to + 3 * stride] = threeR * c3 - threeI * s3;
      yi[to + 3 * stride] = threeR * s3 + threeI * c3;
    }
  }
};

const stepThree: Pass = ({ part, stride }, xr, xi, yr, yi, cosines, sines) => {
  const jump = stride * part;
  const root = Math.sqrt(3) / 2;
  for (let k = 0; k < part; k++) {
    const c1 = cosines[k * stride], s1 = sines[k * stride];
    const c2 = cosines[2 * k * stride], s2 = sines[2 * k * stride];
    let to = 3 * k * stride;
    for (let a = k * stride; a < (k + 1) * stride; a++, to++) {
      const b = a + jump, c = b + jump;
      const sumR = xr[b] + xr[c], sumI = xi[b] + xi[c];
      const halfR = xr[a] - sumR / 2, halfI = xi[a] - sumI / 2;
      const turnR = root * (xi[b] - xi[c]), turnI = root * (xr[c] - xr[b]);
      const oneR = halfR + turnR, oneI = halfI + turnI;
      const twoR = halfR - turnR, twoI = halfI - turnI;
      yr[to] = xr[a] + sumR;
      yi[to] = xi[a] + sumI;
      yr[to + stride] = oneR * c1 - oneI * s1;
      yi[to + stride] = oneR * s1 + oneI * c1;
      yr[to + 2 * stride] = twoR * c2 - twoI * s2;
      yi[to + 2 * stride] = twoR * s2 + twoI * c2;
    }
  }
};

const stepTwo: Pass = ({ part, stride }, xr, xi, yr, yi, cosines, sines) => {
  const jump = stride * part;
  for (let k = 0; k < part; k++) {
    const c = cosines[k * stride], s = sines[k * stride];
    let to = 2 * k * stride;
    for (let a = k * stride; a < (k + 1) * stride; a++, to++) {
      const b = a + jump;
      const lessR = xr[a] - xr[b], lessI = xi[a] - xi[b];
      yr[to] = xr[a] + xr[b];
      yi[to] = xi[a] + xi[b];
      yr[to + stride] = lessR * c - lessI * s;
      yi[to + stride] = lessR * s + lessI * c;
    }
  }
};

const stepAny: Pass = ({ radix, part, stride }, xr, xi, yr, yi, cosines, sines) => {
  const length = cosines.length;
  const jump = stride * part;
  for (let k = 0; k < part; k++) {
    for (let i = 0; i < radix; i++) {
      const turnR = cosines[i * k * stride], turnI = sines[i * k * stride];
      const turn = i * jump;
      for (let q = 0; q < stride; q++) {
        let sumR = 0, sumI = 0, angle = 0, at = q + stride * k;
        for (let j = 0; j < radix; j++) {
          const c = cosines[angle], s = sines[angle];
          sumR += xr[at] * c - xi[at] * s;
          sumI += xr[at] * s + xi[at] * c;
          at += jump;
          angle += turn;
          if (angle >= length) angle -= length;
        }
        const to = q + stride * (radix * k + i);
        yr[to] = sumR * turnR - sumI * turnI;
        yi[to] = sumR * turnI + sumI * turnR;
      }
    }
  }
};

/** Factors in the order of the steps: fours first, they are cheapest. */
function factorize(length: number): number[] {
  const factors: number[] = [];
  let rest = length;
  const divide = (factor: number) => {
    while (rest % factor === 0) {
      factors.push(factor);
      rest /= factor;
    }
  };
  divide(4);
  divide(2);
  for (let factor = 3; factor * factor <= rest; factor += 2) divide(factor);
  if (rest > 1) factors.push(rest);
  return factors;
}
