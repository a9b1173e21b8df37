import { requireInteger, requireKnownOptions } from "./_require.ts";
import type { Forecast } from "./forecast_model.ts";
import { forecastLagWalk } from "./forecasting/simple/_lag_walk.ts";

/** Options of {@linkcode seasonalNaive}. */
export interface SeasonalNaiveOptions {
  /** Steps in one cycle. */
  readonly period: number;
  /**
   * Steps to forecast.
   *
   * @default 10
   */
  readonly horizon?: number;
  /**
   * Probability, per step, that the interval holds the value.
   *
   * @default 0.95
   */
  readonly confidence?: number;
}

/**
 * Forecasts that the last cycle repeats: every step is the newest observation of its phase.
 *
 * The yardstick on seasonal series, and hard to beat on hourly ones. Step `h` has the variance `⌈h / period⌉·σ²`, σ²
 * being the mean squared change from one cycle to the next; intervals are normal, paths draw the observed changes.
 * A gap is bridged by the cycle before it, with that cycle counted into the variance; a phase never observed takes
 * the newest observation there is. Agrees with R `forecast::snaive` 8.20 and fpp3 §5.5. O(n + horizon).
 *
 * @param values Observations in order of time; `NaN` is a missing one.
 * @param options The period, the horizon and the confidence.
 * @returns The forecast, in the unit of the series.
 * @throws {RangeError} Where no two values one period apart are observed, or a value is infinite or beyond 1e150,
 * or an option is out of bounds.
 * @throws {TypeError} Values or options of the wrong shape.
 *
 * @example The last cycle is carried on
 * ```ts
 * import { seasonalNaive } from "@pronoia/analytics";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const { mean } = seasonalNaive([1, 2, 3, 1, 2, 4], { period: 3, horizon: 4 });
 * deepStrictEqual([...mean], [1, 2, 4, 1]);
 * ```
 */
export function seasonalNaive(values: ArrayLike<number>, options: SeasonalNaiveOptions): Forecast {
  const action = "forecast seasonally naively";
  requireKnownOptions(options, ["period", "horizon", "confidence"], action);
  const { period } = options;
  requireInteger(period, "period", { minimum: 1 }, action);
  return forecastLagWalk(values, options, { method: `seasonal naive (${period})`, action, period });
}
