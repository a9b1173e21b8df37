import { CENTRE_MAX, normalCentre, normalDensity, normalTail } from "./_normal_cdf.ts";

/**
 * Quantile of the standard normal distribution: the `z` below which it falls with the given probability.
 *
 * A rational guess good to 0.003 (Hastings 1955, sheet 67; Abramowitz & Stegun 26.2.22), and two of Halley's steps on
 * the distribution, each of which cubes the error. Relative error below 1e-14 for tails down to 1e-300;
 * `simple-statistics` offers `probit`, which is good to 4e-4 only. O(1).
 *
 * @param probability Within (0, 1), exclusive; the ends give ∓Infinity, anything else NaN.
 */
export function normalQuantile(probability: number): number {
  const q = probability - 0.5;
  const tail = q < 0 ? probability : 1 - probability;
  if (tail === 0) return q / 0;
  const t = Math.sqrt(-2 * Math.log(tail));
  let z = t - (2.30753 + 0.27061 * t) / (1 + (0.99229 + 0.04481 * t) * t);
  for (let step = 0; step < 2; step++) {
    // Measured from the median or from the end, whichever is nearer, for the sake of the digits.
    const excess = z < CENTRE_MAX ? normalCentre(z) - Math.abs(q) : tail - normalTail(z);
    const newton = excess / normalDensity(z);
    z -= newton / (1 + z * newton / 2);
  }
  return q < 0 ? -z : z;
}

/** Half-width, in standard deviations, of the central interval that holds the given share: 1.96 for 0.95. */
export function normalHalfWidth(confidence: number): number {
  // From the lower tail, where small numbers keep their digits: 1 - 1e-20 is 1, 1e-20 is not 0.
  return -normalQuantile((1 - confidence) / 2);
}
