import type { Forecast } from "./forecast_model.ts";
import { forecastLagWalk } from "./forecasting/simple/_lag_walk.ts";

/** Options of {@linkcode naive}. */
export interface NaiveOptions {
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
 * Forecasts that nothing changes: every step is the newest observation (a random walk).
 *
 * The yardstick of every other method on series without season or trend. Step `h` has the variance `h·σ²`, σ² being
 * the mean squared change between neighbouring observations; intervals are normal, paths draw the observed changes.
 * Gaps are skipped: a series that ends in one is forecast from its newest observation with the gap counted into the
 * variance. Agrees with R `forecast::naive` 8.20 and fpp3 §5.5. O(n + horizon).
 *
 * @param values Observations in order of time; `NaN` is a missing one.
 * @param options Horizon and confidence.
 * @returns The forecast, in the unit of the series.
 * @throws {RangeError} Where no two neighbouring values are observed, or a value is infinite or beyond 1e150,
 * or an option is out of bounds.
 * @throws {TypeError} Values or options of the wrong shape.
 *
 * @example The newest value is carried on
 * ```ts
 * import { naive } from "@pronoia/analytics";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const { mean } = naive([3, 5, 4, 6], { horizon: 2 });
 * deepStrictEqual([...mean], [6, 6]);
 * ```
 */
export function naive(values: ArrayLike<number>, options: NaiveOptions = {}): Forecast {
  return forecastLagWalk(values, options, { method: "naive", action: "forecast naively" });
}
