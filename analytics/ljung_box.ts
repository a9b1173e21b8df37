import { requireInteger, requireKnownOptions, requireObservations } from "./_require.ts";
import { chiSquareSurvival } from "./distributions/_chi_square_survival.ts";
import { centre } from "./series/_centre.ts";
import { requireVariation } from "./series/_require_variation.ts";
import { lagProducts } from "./spectrum/_lag_products.ts";
import { observedPairs } from "./spectrum/_observed_pairs.ts";

/** How to run the Ljung–Box test. */
export interface LjungBoxOptions {
  /**
   * Largest number of lags tested together, below the number of values.
   *
   * @default min(10, ⌊n / 5⌋), at least 1
   */
  readonly lags?: number;
  /**
   * Parameters of the model whose residuals are tested; each takes a degree of freedom.
   *
   * @default 0
   */
  readonly modelParameters?: number;
}

/** Outcome of a Ljung–Box test; entry k tests lags 1 … k + 1 together. */
export interface LjungBoxResult {
  /** Portmanteau statistics. */
  readonly statistic: Float64Array;
  /** Probability of such a statistic without autocorrelation; 1 where no degree of freedom is left to test with. */
  readonly pValue: Float64Array;
}

/**
 * Ljung–Box test of the hypothesis that the first lags hold no autocorrelation.
 *
 * Use it on residuals: a small p-value means the model left something. The statistic is n (n + 2) Σ r(k)² / (n - k),
 * compared with a chi-square distribution of as many degrees of freedom as lags, less the model's parameters.
 *
 * Missing values (`NaN`) are skipped: n counts the observed values and n - k the observed pairs, which is the
 * adjustment of Stoffer & Toloui (1992) and for a complete series the usual formula.
 *
 * Agrees with `acorr_ljungbox` of statsmodels 0.15, which gives NaN where this gives a p-value of 1. Source: Ljung &
 * Box (1978), Biometrika 65, 297–303. O(n log n + lags^1.5).
 *
 * @param values The series in equal steps; `NaN` is missing.
 * @param options How many lags, and how many parameters were fitted before.
 * @returns Statistics and p-values for 1 … `lags` lags.
 * @throws {RangeError} Fewer than two observations, all of them equal, an infinite value, or an option out of bounds.
 * @throws {TypeError} Values or options of the wrong shape.
 *
 * @example A sine is far from noise
 * ```ts
 * import { ljungBox } from "@pronoia/analytics";
 * import { ok } from "node:assert/strict";
 *
 * const { pValue } = ljungBox(Array.from({ length: 100 }, (_, t) => Math.sin(t / 5)));
 * ok(pValue[0] < 1e-9);
 * ```
 */
export function ljungBox(values: ArrayLike<number>, options: LjungBoxOptions = {}): LjungBoxResult {
  const action = "test for autocorrelation";
  requireKnownOptions(options, ["lags", "modelParameters"], action);
  const observations = requireObservations(values, 2, action);
  const n = values.length;
  const { lags = Math.max(1, Math.min(10, Math.floor(n / 5))), modelParameters = 0 } = options;
  requireInteger(lags, "lags", { minimum: 1, maximum: n - 1 }, action);
  requireInteger(modelParameters, "modelParameters", { minimum: 0 }, action);
  const series = centre(values, observations);
  requireVariation(series.constant, values, action);

  const products = lagProducts(series.deviations, lags);
  const pairs = observedPairs(values, observations, lags);
  const statistic = new Float64Array(lags);
  const pValue = new Float64Array(lags);
  let sum = 0;
  for (let lag = 1; lag <= lags; lag++) {
    if (pairs[lag] > 0) sum += (products[lag] / products[0]) ** 2 / pairs[lag];
    const degrees = lag - modelParameters;
    statistic[lag - 1] = observations * (observations + 2) * sum;
    pValue[lag - 1] = degrees > 0 ? chiSquareSurvival(statistic[lag - 1], degrees) : 1;
  }
  return { statistic, pValue };
}
