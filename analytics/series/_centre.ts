/** A series around its own mean, in a unit that keeps squares within the range of doubles. */
export interface CentredSeries {
  /** `(value - mean) * scale`, and 0 where the value is missing. */
  readonly deviations: Float64Array;
  /** Mean of the observed values, times `scale`. */
  readonly scaledMean: number;
  /** The power of two the values were multiplied by. */
  readonly scale: number;
  /** Number of observed values. */
  readonly observations: number;
  /** Whether all observed values are equal. */
  readonly constant: boolean;
}

/**
 * Centres and scales a series whose values are finite or missing.
 *
 * A counter near 1e12 or a ratio near 1e-12 must give the statistics of the same series near 1. Multiplying by a power
 * of two is exact; the mean is refined by the mean of its own residuals, so the deviations carry no trace of the
 * offset beyond the rounding of the data themselves. O(n).
 */
export function centre(values: ArrayLike<number>, observations: number): CentredSeries {
  const n = values.length;
  const deviations = new Float64Array(n);
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (value < min) min = value;
    if (value > max) max = value;
    deviations[i] = value;
  }
  const scale = powerOfTwoBelow(Math.max(-min, max));
  let sum = 0;
  for (let i = 0; i < n; i++) {
    deviations[i] *= scale;
    if (deviations[i] === deviations[i]) sum += deviations[i];
  }
  let mean = min === max ? min * scale : sum / observations;
  let rest = 0;
  for (let i = 0; i < n; i++) {
    if (deviations[i] === deviations[i]) rest += deviations[i] - mean;
  }
  const correction = min === max ? 0 : rest / observations;
  for (let i = 0; i < n; i++) {
    // The correction is subtracted on its own: added to the mean first, its digits would be lost.
    deviations[i] = deviations[i] === deviations[i] ? deviations[i] - mean - correction : 0;
  }
  mean += correction;
  return { deviations, scaledMean: mean, scale, observations, constant: min === max };
}

/** A power of two that brings the magnitude near 1, or as near as doubles allow. */
export function powerOfTwoBelow(magnitude: number): number {
  if (magnitude === 0) return 1;
  const exponent = Math.floor(Math.log2(magnitude));
  return 2 ** Math.min(1023, Math.max(-1022, -exponent));
}
