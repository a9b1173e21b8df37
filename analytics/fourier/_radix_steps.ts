/**
 * The steps of a Fourier transform after Stockham: `stride` interleaved transforms of `x` become `radix` times as
 * many of a `radix`-th of the points in `y`, turned into place.
 */
import type { UnitCircle } from "./_unit_circle.ts";

/** Radix 2 as the last step, where nothing is left to turn. */
export function stepTwo(xr: Float64Array, xi: Float64Array, yr: Float64Array, yi: Float64Array): void {
  const half = xr.length / 2;
  for (let q = 0; q < half; q++) {
    const ar = xr[q], ai = xi[q], br = xr[q + half], bi = xi[q + half];
    yr[q] = ar + br;
    yi[q] = ai + bi;
    yr[q + half] = ar - br;
    yi[q + half] = ai - bi;
  }
}

/** Radix 3. */
export function stepThree(
  xr: Float64Array,
  xi: Float64Array,
  yr: Float64Array,
  yi: Float64Array,
  stride: number,
  { cosines, sines, size }: UnitCircle,
): void {
  const jump = xr.length / 3;
  const turn = size / xr.length * stride;
  const height = Math.sqrt(0.75);
  for (let p = 0, source = 0; source < jump; p += turn, source += stride) {
    const c1 = cosines[p], s1 = -sines[p];
    const c2 = cosines[2 * p], s2 = -sines[2 * p];
    for (let a = source, t = 3 * source; a < source + stride; a++, t++) {
      const b = a + jump, c = b + jump;
      const sumRe = xr[b] + xr[c], sumIm = xi[b] + xi[c];
      const centreRe = xr[a] - sumRe / 2, centreIm = xi[a] - sumIm / 2;
      const sideRe = height * (xi[b] - xi[c]), sideIm = height * (xr[c] - xr[b]);
      const oneRe = centreRe + sideRe, oneIm = centreIm + sideIm;
      const twoRe = centreRe - sideRe, twoIm = centreIm - sideIm;
      yr[t] = xr[a] + sumRe;
      yi[t] = xi[a] + sumIm;
      put(yr, yi, t + stride, oneRe, oneIm, c1, s1);
      put(yr, yi, t + 2 * stride, twoRe, twoIm, c2, s2);
    }
  }
}

/** Radix 4. */
export function stepFour(
  xr: Float64Array,
  xi: Float64Array,
  yr: Float64Array,
  yi: Float64Array,
  stride: number,
  { cosines, sines, size }: UnitCircle,
): void {
  const jump = xr.length / 4;
  const turn = size / xr.length * stride;
  for (let p = 0, source = 0; source < jump; p += turn, source += stride) {
    const c1 = cosines[p], s1 = -sines[p];
    const c2 = cosines[2 * p], s2 = -sines[2 * p];
    const c3 = cosines[3 * p], s3 = -sines[3 * p];
    for (let a = source, t = 4 * source; a < source + stride; a++, t++) {
      const b = a + jump, c = b + jump, d = c + jump;
      const sumAcRe = xr[a] + xr[c], sumAcIm = xi[a] + xi[c];
      const differenceAcRe = xr[a] - xr[c], differenceAcIm = xi[a] - xi[c];
      const sumBdRe = xr[b] + xr[d], sumBdIm = xi[b] + xi[d];
      const turnedBdRe = xi[d] - xi[b], turnedBdIm = xr[b] - xr[d];
      const oneRe = differenceAcRe - turnedBdRe, oneIm = differenceAcIm - turnedBdIm;
      const twoRe = sumAcRe - sumBdRe, twoIm = sumAcIm - sumBdIm;
      const threeRe = differenceAcRe + turnedBdRe, threeIm = differenceAcIm + turnedBdIm;
      yr[t] = sumAcRe + sumBdRe;
      yi[t] = sumAcIm + sumBdIm;
      put(yr, yi, t + stride, oneRe, oneIm, c1, s1);
      put(yr, yi, t + 2 * stride, twoRe, twoIm, c2, s2);
      put(yr, yi, t + 3 * stride, threeRe, threeIm, c3, s3);
    }
  }
}

/** Radix 5, for periods in minutes, which are full of it. */
export function stepFive(
  xr: Float64Array,
  xi: Float64Array,
  yr: Float64Array,
  yi: Float64Array,
  stride: number,
  { cosines, sines, size }: UnitCircle,
): void {
  const jump = xr.length / 5;
  const turn = size / xr.length * stride;
  const near = Math.cos(0.4 * Math.PI), far = Math.cos(0.8 * Math.PI);
  const high = Math.sin(0.4 * Math.PI), low = Math.sin(0.8 * Math.PI);
  for (let p = 0, source = 0; source < jump; p += turn, source += stride) {
    const c1 = cosines[p], s1 = -sines[p];
    const c2 = cosines[2 * p], s2 = -sines[2 * p];
    const c3 = cosines[3 * p], s3 = -sines[3 * p];
    const c4 = cosines[4 * p], s4 = -sines[4 * p];
    for (let a = source, t = 5 * source; a < source + stride; a++, t++) {
      const b = a + jump, c = b + jump, d = c + jump, e = d + jump;
      const sumBeRe = xr[b] + xr[e], sumBeIm = xi[b] + xi[e];
      const sumCdRe = xr[c] + xr[d], sumCdIm = xi[c] + xi[d];
      const lessBeRe = xr[b] - xr[e], lessBeIm = xi[b] - xi[e];
      const lessCdRe = xr[c] - xr[d], lessCdIm = xi[c] - xi[d];
      const outerRe = xr[a] + near * sumBeRe + far * sumCdRe,
        outerIm = xi[a] + near * sumBeIm + far * sumCdIm;
      const innerRe = xr[a] + far * sumBeRe + near * sumCdRe,
        innerIm = xi[a] + far * sumBeIm + near * sumCdIm;
      const outerSideRe = high * lessBeIm + low * lessCdIm, outerSideIm = -high * lessBeRe - low * lessCdRe;
      const innerSideRe = low * lessBeIm - high * lessCdIm, innerSideIm = high * lessCdRe - low * lessBeRe;
      const oneRe = outerRe + outerSideRe, oneIm = outerIm + outerSideIm;
      const twoRe = innerRe + innerSideRe, twoIm = innerIm + innerSideIm;
      const threeRe = innerRe - innerSideRe, threeIm = innerIm - innerSideIm;
      const fourRe = outerRe - outerSideRe, fourIm = outerIm - outerSideIm;
      yr[t] = xr[a] + sumBeRe + sumCdRe;
      yi[t] = xi[a] + sumBeIm + sumCdIm;
      put(yr, yi, t + stride, oneRe, oneIm, c1, s1);
      put(yr, yi, t + 2 * stride, twoRe, twoIm, c2, s2);
      put(yr, yi, t + 3 * stride, threeRe, threeIm, c3, s3);
      put(yr, yi, t + 4 * stride, fourRe, fourIm, c4, s4);
    }
  }
}

/** Any other radix, by the sum that defines the transform. */
export function stepAny(
  xr: Float64Array,
  xi: Float64Array,
  yr: Float64Array,
  yi: Float64Array,
  radix: number,
  stride: number,
  { cosines, sines, size }: UnitCircle,
): void {
  const jump = xr.length / radix;
  const turn = size / xr.length * stride;
  const share = size / radix;
  for (let p = 0, source = 0; source < jump; p += turn, source += stride) {
    for (let i = 0; i < radix; i++) {
      const turnRe = cosines[i * p], turnIm = -sines[i * p];
      for (let a = source, t = radix * source + i * stride; a < source + stride; a++, t++) {
        let sumRe = 0, sumIm = 0;
        for (let j = 0, angle = 0, at = a; j < radix; j++, at += jump) {
          const c = cosines[angle], s = -sines[angle];
          sumRe += xr[at] * c - xi[at] * s;
          sumIm += xr[at] * s + xi[at] * c;
          angle += i * share;
          if (angle >= size) angle -= size;
        }
        yr[t] = sumRe * turnRe - sumIm * turnIm;
        yi[t] = sumRe * turnIm + sumIm * turnRe;
      }
    }
  }
}

/** Writes a product of two complex numbers. */
function put(
  yr: Float64Array,
  yi: Float64Array,
  at: number,
  re: number,
  im: number,
  cosine: number,
  sine: number,
): void {
  yr[at] = re * cosine - im * sine;
  yi[at] = re * sine + im * cosine;
}
