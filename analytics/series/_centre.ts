/** A series around its own mean, in a unit that keeps products within the range of doubles. */
export interface CentredSeries {
  /** `(value - mean) * scale`, and 0 where the value is missing. */
  readonly deviations: Float64Array;
  /** Mean of the observed values, times `scale`. */
  readonly scaledMean: number;
  /** The power of two the values were multiplied by: 1 for magnitudes between 1e-75 and 1e75. */
  readonly scale: number;
  /** Number of observed values. */
  readonly observations: number;
  /** Whether all observed values are equal. */
  readonly constant: boolean;
}

/**
 * Centres and scales a series whose values are finite or missing.
 *
 * A counter near 1e12 or a ratio near 1e-12 must give the statistics of the same series near 1. Multiplying by a
 * power of two is exact; the mean is refined by the mean of its own residuals, so the deviations carry no trace of
 * the offset beyond the rounding of the data themselves. O(n).
 */
export function centre(values: ArrayLike<number>, observations: number): CentredSeries {
  const deviations = new Float64Array(values);
  const complete = observations === deviations.length;
  const observed = complete ? deviations : deviations.filter((value) => value === value);
  let min = Infinity, max = -Infinity;
  for (let i = 0; i < observed.length; i++) {
    if (observed[i] < min) min = observed[i];
    if (observed[i] > max) max = observed[i];
  }
  const magnitude = Math.max(-min, max);
  const scale = magnitude > 1e75 || magnitude < 1e-75 ? powerOfTwoBelow(magnitude) : 1;
  if (scale !== 1) {
    for (let i = 0; i < deviations.length; i++) deviations[i] *= scale;
    if (!complete) { for (let i = 0; i < observed.length; i++) observed[i] *= scale; }
  }
  const constant = min === max;
  const mean = constant ? min * scale : sumAround(observed, 0) / observations;
  const correction = constant ? 0 : sumAround(observed, mean) / observations;
  // The correction is subtracted on its own: added to the mean first, its digits would be lost.
  for (let i = 0; i < deviations.length; i++) deviations[i] = deviations[i] - mean - correction;
  if (!complete) {
    for (let i = 0; i < deviations.length; i++) if (Number.isNaN(deviations[i])) deviations[i] = 0;
  }
  return { deviations, scaledMean: mean + correction, scale, observations, constant };
}

/** Σ (value - origin), in four sums side by side so that the additions do not wait for each other. */
function sumAround(values: Float64Array, origin: number): number {
  let sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
  let i = 0;
  for (; i + 3 < values.length; i += 4) {
    sum0 += values[i] - origin;
    sum1 += values[i + 1] - origin;
    sum2 += values[i + 2] - origin;
    sum3 += values[i + 3] - origin;
  }
  for (; i < values.length; i++) sum0 += values[i] - origin;
  return sum0 + sum1 + (sum2 + sum3);
}

/** A power of two that brings the magnitude near 1, or as near as doubles allow. */
export function powerOfTwoBelow(magnitude: number): number {
  if (magnitude === 0) return 1;
  const exponent = Math.floor(Math.log2(magnitude));
  return 2 ** Math.min(1023, Math.max(-1022, -exponent));
}
