import { largestMagnitude } from "../series/_largest_magnitude.ts";

/**
 * Takes the least-squares line (degree 1) or parabola (degree 2) off centred values, in place.
 *
 * Time runs from -1 to 1, around which a line and a centred square are orthogonal: each coefficient is one quotient.
 * Done twice, so that what the first pass left by rounding a steep trend goes too. O(n · degree).
 *
 * @param deviations Values around their mean.
 */
export function detrend(deviations: Float64Array, degree: 0 | 1 | 2): void {
  const n = deviations.length;
  const middle = (n - 1) / 2;
  // The mean of the squares of -1 … 1 in n steps.
  const meanSquare = (n + 1) / (3 * (n - 1));
  for (let pass = 0; degree > 0 && pass < 2; pass++) {
    let [sum, linear, linearSquares, square, squareSquares] = [0, 0, 0, 0, 0];
    for (let t = 0; t < n; t++) {
      const time = (t - middle) / middle;
      const curve = time * time - meanSquare;
      sum += deviations[t];
      linear += deviations[t] * time;
      linearSquares += time * time;
      square += deviations[t] * curve;
      squareSquares += curve * curve;
    }
    const mean = sum / n;
    const slope = linear / linearSquares;
    const bend = degree === 2 && squareSquares > 0 ? square / squareSquares : 0;
    for (let t = 0; t < n; t++) {
      const time = (t - middle) / middle;
      deviations[t] -= mean + slope * time + bend * (time * time - meanSquare);
    }
  }
}

/**
 * Takes the line or parabola off centred values, in place; whether no more than rounding was left of them, which is
 * no deviation that a test could judge.
 */
export function liesOnTrend(deviations: Float64Array, degree: 0 | 1 | 2): boolean {
  const before = largestMagnitude(deviations);
  detrend(deviations, degree);
  return largestMagnitude(deviations) <= 1e-12 * before;
}

/** Takes the line or parabola off centred values that must not lie on it, in place. */
export function requireDetrended(deviations: Float64Array, degree: 0 | 1 | 2, action: string): void {
  if (!liesOnTrend(deviations, degree)) return;
  throw new RangeError(`Cannot ${action} as the values must vary around their trend: they lie on it`);
}
