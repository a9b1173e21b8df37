import type { Forecast } from "./forecast_model.ts";
import { forecastLagWalk } from "./forecasting/simple/_lag_walk.ts";

/** Options of {@linkcode drift}. */
export interface DriftOptions {
  /**
   * Steps to forecast.
   *
   * @default 10
   */
  readonly horizon?: number;
  /** Of no consequence here: taken so that the three yardsticks can be called alike. */
  readonly period?: number;
  /**
   * Probability, per step, that the interval holds the value.
   *
   * @default 0.95
   */
  readonly confidence?: number;
}

/**
 * Forecasts that the average change goes on: a line through the first and the last observation.
 *
 * For what grows steadily, such as disk usage; a random walk with drift. With σ² the variance of the changes (divisor
 * one less than their number, N) step `h` has the variance `σ²·(h + h²/N)`, the second part being the uncertainty of
 * the drift itself. Intervals are normal, paths draw the observed changes. Changes across a gap are left out.
 * Agrees with R `forecast::rwf(drift = TRUE)` 8.20 and fpp3 §5.5. O(n + horizon).
 *
 * @param values Observations in order of time; `NaN` is a missing one.
 * @param options Horizon and confidence.
 * @returns The forecast, in the unit of the series.
 * @throws {RangeError} Where fewer than two changes are observed, or a value is infinite or beyond 1e150,
 * or an option is out of bounds.
 * @throws {TypeError} Values or options of the wrong shape.
 *
 * @example A line is carried on
 * ```ts
 * import { drift } from "@pronoia/analytics";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const { mean } = drift([1, 3, 4, 7], { horizon: 2 });
 * deepStrictEqual([...mean], [9, 11]);
 * ```
 */
export function drift(values: ArrayLike<number>, options: DriftOptions = {}): Forecast {
  return forecastLagWalk(values, options, { method: "drift", action: "forecast a drift", drift: true });
}
