/** Where the series of the centre hands over to the continued fraction of the tail. */
export const CENTRE_MAX = 1.5;

/**
 * Probability that a standard normal variable is at most `z`.
 *
 * Relative error below 1e-14 in both tails, down to 1e-308; `simple-statistics` looks
 * `cumulativeStdNormalProbability` up in a table of four digits. Some twenty terms in the centre, at most 150 in the
 * tails.
 *
 * @param z Any number; ±Infinity gives 0 or 1.
 */
export function normalCdf(z: number): number {
  if (Math.abs(z) < CENTRE_MAX) return 0.5 + normalCentre(z);
  return z < 0 ? normalTail(-z) : 1 - normalTail(z);
}

/** Probability that a standard normal variable exceeds `z`, with full relative accuracy for large `z`. */
export function normalSurvival(z: number): number {
  return normalCdf(-z);
}

/**
 * What lies between 0 and a small `z`: the density times z + z³/3 + z⁵/(3·5) + …, which has no terms that cancel
 * (Marsaglia 2004, "Evaluating the normal distribution", Journal of Statistical Software 11).
 */
export function normalCentre(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 3; k < 99 && Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) sum += term *= z * z / k;
  return normalDensity(z) * sum;
}

/** What lies beyond a large `z`: the density over z + 1/(z + 2/(z + 3/(z + …))), Laplace's continued fraction. */
export function normalTail(z: number): number {
  if (z > 39) return 0;
  let below = z;
  // The error falls with exp(-2z·√(2k)).
  for (let k = Math.ceil(15 + 300 / (z * z)); k > 0; k--) below = z + k / below;
  return normalDensity(z) / below;
}

/** The density, with z split in two, as squaring a large z rounds away digits that the exponential would show. */
export function normalDensity(z: number): number {
  const coarse = Math.trunc(z * 16) / 16;
  const rest = (z - coarse) * (z + coarse);
  return Math.exp(-coarse * coarse / 2) * Math.exp(-rest / 2) / Math.sqrt(2 * Math.PI);
}
