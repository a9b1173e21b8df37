import {
  requireBoolean,
  requireFraction,
  requireInteger,
  requireKnownOptions,
  requireObservations,
} from "./_require.ts";
import { normalHalfWidth } from "./distributions/_normal_quantile.ts";
import { centre } from "./series/_centre.ts";
import { requireVariation } from "./series/_require_variation.ts";
import { lagProducts } from "./spectrum/_lag_products.ts";
import { observedPairs } from "./spectrum/_observed_pairs.ts";

/** How to estimate an autocorrelation function. */
export interface AcfOptions {
  /**
   * Largest lag, in steps; at most one less than the number of values.
   *
   * @default values.length - 1
   */
  readonly maxLag?: number;
  /**
   * Divide each lag by its number of pairs (`true`) or by the number of observations (`false`).
   *
   * @default false
   */
  readonly adjusted?: boolean;
  /**
   * Probability that an interval holds the autocorrelation.
   *
   * @default 0.95
   */
  readonly confidence?: number;
}

/** Autocorrelations, unitless; entry `lag` is for the lag of that many steps. */
export interface AcfResult {
  /** Estimates for lag 0 (always 1) … `maxLag`. */
  readonly values: Float64Array;
  /** Lower ends of the intervals around the estimates. */
  readonly lower: Float64Array;
  /** Upper ends of the intervals around the estimates. */
  readonly upper: Float64Array;
  /** Number of values that were not missing. */
  readonly observations: number;
}

/**
 * Estimates the autocorrelation function: how a series correlates with itself some steps earlier.
 *
 * Use it to see memory and seasons: a metric with a daily cycle peaks at the lag of a day.
 *
 * r(k) = Σ (x[t] - m)(x[t + k] - m) / Σ (x[t] - m)², with m the mean. The divisor is the number of observations,
 * which keeps the estimate positive semi-definite, or with `adjusted` the number of pairs. Intervals are Bartlett's:
 * the variance at lag k is (1 + 2 Σ r(i)², 0 < i < k) / n, so they widen with the lag and surround the estimate.
 *
 * Missing values (`NaN`) are skipped as by Parzen (1963): means, products and counts run over what was observed; a
 * lag at which no pair was observed is 0. Shifting or scaling the series changes nothing, at 1e12 as little as at
 * 1e-12.
 *
 * Agrees with `acf` of statsmodels 0.15 (with `missing="conservative"` where values are missing). Source: Brockwell &
 * Davis, Time Series: Theory and Methods, §7.2. O(n log n) for many lags, O(n · maxLag) for few.
 *
 * @param values The series in equal steps; `NaN` is missing.
 * @param options How many lags, which divisor, and the confidence of the intervals.
 * @returns Estimates, intervals and the number of observations.
 * @throws {RangeError} Fewer than two observations, all of them equal, an infinite value, or an option out of bounds.
 * @throws {TypeError} Values or options of the wrong shape.
 *
 * @example An alternating series
 * ```ts
 * import { acf } from "@pronoia/analytics";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const { values } = acf([1, -1, 1, -1], { maxLag: 2 });
 * deepStrictEqual([...values], [1, -0.75, 0.5]);
 * ```
 */
export function acf(values: ArrayLike<number>, options: AcfOptions = {}): AcfResult {
  const action = "estimate acf";
  requireKnownOptions(options, ["maxLag", "adjusted", "confidence"], action);
  const observations = requireObservations(values, 2, action);
  const { maxLag = values.length - 1, adjusted = false, confidence = 0.95 } = options;
  requireInteger(maxLag, "maxLag", { minimum: 0, maximum: values.length - 1 }, action);
  requireBoolean(adjusted, "adjusted", action);
  requireFraction(confidence, "confidence", action);
  const series = centre(values, observations);
  requireVariation(series.constant, values, action);

  const estimates = lagProducts(series.deviations, maxLag);
  const variance = estimates[0];
  for (let lag = 0; lag <= maxLag; lag++) estimates[lag] /= variance;
  if (adjusted) adjustForPairs(estimates, values, observations);
  return { values: estimates, ...bartlettBounds(estimates, observations, confidence), observations };
}

function adjustForPairs(estimates: Float64Array, values: ArrayLike<number>, observations: number): void {
  const pairs = observedPairs(values, observations, estimates.length - 1);
  for (let lag = 0; lag < estimates.length; lag++) {
    estimates[lag] = pairs[lag] === 0 ? 0 : estimates[lag] * observations / pairs[lag];
  }
}

function bartlettBounds(
  estimates: Float64Array,
  observations: number,
  confidence: number,
): { readonly lower: Float64Array; readonly upper: Float64Array } {
  const lower = new Float64Array(estimates.length);
  const upper = new Float64Array(estimates.length);
  const halfWidth = normalHalfWidth(confidence) / Math.sqrt(observations);
  lower[0] = upper[0] = estimates[0];
  let squares = 1;
  for (let lag = 1; lag < estimates.length; lag++) {
    const margin = halfWidth * Math.sqrt(squares);
    lower[lag] = estimates[lag] - margin;
    upper[lag] = estimates[lag] + margin;
    squares += 2 * estimates[lag] * estimates[lag];
  }
  return { lower, upper };
}
