import { normalCdf } from "../distributions/_normal_cdf.ts";

/** Which deterministic terms a Dickey–Fuller regression holds: none, constant, and linear, and quadratic trend. */
export type AdfRegression = "n" | "c" | "ct" | "ctt";

/** Values of the statistic below which the unit root is rejected at that level. */
export interface AdfCriticalValues {
  /** At the 1 % level. */
  readonly onePercent: number;
  /** At the 5 % level. */
  readonly fivePercent: number;
  /** At the 10 % level. */
  readonly tenPercent: number;
}

/**
 * Approximate asymptotic p-value of a Dickey–Fuller statistic.
 *
 * MacKinnon (1994), Journal of Business & Economic Statistics 12, 167–176: the normal probability of a polynomial in
 * the statistic, one for each side of a breakpoint; 0 and 1 beyond the range it was fitted on. O(1).
 */
export function mackinnonPValue(statistic: number, regression: AdfRegression): number {
  const { breakpoint, smallest, largest, below, above } = SURFACES[regression];
  if (statistic > largest) return 1;
  if (statistic < smallest) return 0;
  const coefficients = statistic <= breakpoint ? below : above;
  return normalCdf(coefficients.reduceRight((sum, coefficient) => sum * statistic + coefficient, 0));
}

/**
 * Critical values for a regression of so many rows: β∞ + β1/T + β2/T² + β3/T³.
 *
 * MacKinnon (2010), "Critical values for cointegration tests", Queen's University working paper 1227. O(1).
 */
export function mackinnonCriticalValues(observations: number, regression: AdfRegression): AdfCriticalValues {
  const at = (level: number): number =>
    CRITICAL_VALUES[regression][level].reduceRight((sum, beta) => sum / observations + beta, 0);
  return { onePercent: at(0), fivePercent: at(1), tenPercent: at(2) };
}

interface Surface {
  readonly breakpoint: number;
  readonly smallest: number;
  readonly largest: number;
  readonly below: readonly number[];
  readonly above: readonly number[];
}

const SURFACES: Readonly<Record<AdfRegression, Surface>> = {
  n: {
    breakpoint: -1.04,
    smallest: -19.04,
    largest: Infinity,
    below: [0.6344, 1.2378, 0.032496],
    above: [0.4797, 0.93557, -0.06999, 0.033066],
  },
  c: {
    breakpoint: -1.61,
    smallest: -18.83,
    largest: 2.74,
    below: [2.1659, 1.4412, 0.038269],
    above: [1.7339, 0.93202, -0.12745, -0.010368],
  },
  ct: {
    breakpoint: -2.89,
    smallest: -16.18,
    largest: 0.7,
    below: [3.2512, 1.6047, 0.049588],
    above: [2.5261, 0.61654, -0.37956, -0.060285],
  },
  ctt: {
    breakpoint: -3.21,
    smallest: -17.17,
    largest: 0.54,
    below: [4.0003, 1.658, 0.048288],
    above: [3.0778, 0.49529, -0.41477, -0.059359],
  },
};

const CRITICAL_VALUES: Readonly<Record<AdfRegression, readonly (readonly number[])[]>> = {
  n: [
    [-2.56574, -2.2358, -3.627, 0],
    [-1.941, -0.2686, -3.365, 31.223],
    [-1.61682, 0.2656, -2.714, 25.364],
  ],
  c: [
    [-3.43035, -6.5393, -16.786, -79.433],
    [-2.86154, -2.8903, -4.234, -40.04],
    [-2.56677, -1.5384, -2.809, 0],
  ],
  ct: [
    [-3.95877, -9.0531, -28.428, -134.155],
    [-3.41049, -4.3904, -9.036, -45.374],
    [-3.12705, -2.5856, -3.925, -22.38],
  ],
  ctt: [
    [-4.37113, -11.5882, -35.819, -334.047],
    [-3.83239, -5.9057, -12.49, -118.284],
    [-3.55326, -3.6596, -5.293, -63.559],
  ],
};
