import { requireFraction, requireInteger, requireKnownOptions, requireObservations } from "./_require.ts";
import { normalHalfWidth } from "./distributions/_normal_quantile.ts";
import { centre } from "./series/_centre.ts";
import { requireVariation } from "./series/_require_variation.ts";
import { lagProducts } from "./spectrum/_lag_products.ts";

/** How to estimate a partial autocorrelation function. */
export interface PacfOptions {
  /**
   * Largest lag, in steps, below the number of values.
   *
   * @default min(⌊10 log10 n⌋, ⌊n / 2⌋ - 1), at least 1
   */
  readonly maxLag?: number;
  /**
   * Probability that an interval holds the partial autocorrelation.
   *
   * @default 0.95
   */
  readonly confidence?: number;
}

/** Partial autocorrelations, unitless; entry `lag` is for the lag of that many steps. */
export interface PacfResult {
  /** Estimates for lag 0 (always 1) … `maxLag`, each within [-1, 1]. */
  readonly values: Float64Array;
  /** Lower ends of the intervals around the estimates. */
  readonly lower: Float64Array;
  /** Upper ends of the intervals around the estimates. */
  readonly upper: Float64Array;
}

/**
 * Estimates the partial autocorrelation function: what a lag adds to all shorter ones.
 *
 * Use it to see how many past values matter: an autoregression of order p cuts off after lag p.
 *
 * Durbin–Levinson recursion on the autocorrelations with divisor n, which are positive semi-definite, so that no
 * estimate leaves [-1, 1]; those with divisor n - k can. Intervals are ±z / √n, which holds beyond the true order
 * (Quenouille 1949). Missing values (`NaN`) are skipped as by `acf`, and n counts the observed ones.
 *
 * Agrees with `pacf(method="ldb")` of statsmodels 0.15. Source: Brockwell & Davis, Time Series: Theory and Methods,
 * §3.4 and §5.2. O(n · maxLag + maxLag²).
 *
 * @param values The series in equal steps; `NaN` is missing.
 * @param options How many lags, and the confidence of the intervals.
 * @returns Estimates and intervals.
 * @throws {RangeError} Fewer than two observations, all of them equal, an infinite value, or an option out of bounds.
 * @throws {TypeError} Values or options of the wrong shape.
 *
 * @example A lag that adds nothing
 * ```ts
 * import { pacf } from "@pronoia/analytics";
 * import { strictEqual } from "node:assert/strict";
 *
 * const { values } = pacf([1, 2, 3, 4], { maxLag: 2 });
 * strictEqual(values[1], 0.25);
 * strictEqual(values[2], (-0.3 - 0.25 ** 2) / (1 - 0.25 ** 2));
 * ```
 */
export function pacf(values: ArrayLike<number>, options: PacfOptions = {}): PacfResult {
  const action = "estimate pacf";
  requireKnownOptions(options, ["maxLag", "confidence"], action);
  const observations = requireObservations(values, 2, action);
  const n = values.length;
  const usual = Math.max(1, Math.min(Math.floor(10 * Math.log10(n)), Math.floor(n / 2) - 1));
  const { maxLag = usual, confidence = 0.95 } = options;
  requireInteger(maxLag, "maxLag", { minimum: 0, maximum: n - 1 }, action);
  requireFraction(confidence, "confidence", action);
  const series = centre(values, observations);
  requireVariation(series.constant, values, action);

  const partial = durbinLevinson(lagProducts(series.deviations, maxLag));
  const halfWidth = normalHalfWidth(confidence) / Math.sqrt(observations);
  const around = (sign: number): Float64Array =>
    partial.map((value, lag) => lag === 0 ? 1 : value + sign * halfWidth);
  return { values: partial, lower: around(-1), upper: around(1) };
}

function durbinLevinson(products: Float64Array): Float64Array {
  const partial = new Float64Array(products.length);
  const coefficients = new Float64Array(products.length);
  const previous = new Float64Array(products.length);
  let unexplained = products[0];
  partial[0] = 1;
  for (let lag = 1; lag < products.length; lag++) {
    let left = products[lag];
    for (let j = 1; j < lag; j++) left -= coefficients[j] * products[lag - j];
    const reflection = unexplained > 0 ? Math.max(-1, Math.min(1, left / unexplained)) : 0;
    previous.set(coefficients);
    for (let j = 1; j < lag; j++) coefficients[j] -= reflection * previous[lag - j];
    coefficients[lag] = partial[lag] = reflection;
    unexplained *= 1 - reflection * reflection;
  }
  return partial;
}
