import { requireInteger, requireObservations, requireSquarable } from "./_require.ts";
import type { Forecast } from "./forecast_model.ts";
import { requireYardstickOptions } from "./forecasting/simple/_lag_walk.ts";
import { forecastTheta } from "./forecasting/simple/_forecast_theta.ts";

/** Options of {@linkcode theta}. */
export interface ThetaOptions {
  /**
   * Steps per season; 1 for none.
   *
   * @default 1
   */
  readonly period?: number;
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
 * Forecasts by the theta method: simple exponential smoothing with half the slope of the straight line through the
 * series as its drift.
 *
 * A strong yardstick for series with a trend (Assimakopoulos & Nikolopoulos 2000, in the form of Hyndman & Billah
 * 2003). The smoothing constant and the first level minimise the squared one-step errors. A season is taken off first
 * and put back at the end: as factors where all values are positive, as summands otherwise, and only where the
 * autocorrelation at its lag exceeds the 90 % bound of white noise, as in M4. Step `h` has the variance
 * `σ²·(1 + (h − 1)·α²)`, σ² with n − 2 degrees of freedom; paths draw the one-step errors. Without a season it agrees
 * with R `forecast::thetaf` 8.20. A missing value is taken to be what was predicted; those at the end count as steps
 * of the variance. O(n) a pass, some dozens of them.
 *
 * @param values Observations in order of time; `NaN` is a missing one.
 * @param options Period, horizon and confidence.
 * @returns The forecast, in the unit of the series.
 * @throws {RangeError} With fewer than four observations, fewer than two cycles, a value that is infinite or
 * beyond 1e150, or an option out of bounds.
 * @throws {TypeError} Values or options of the wrong shape.
 *
 * @example Half the slope of a line
 * ```ts
 * import { theta } from "@pronoia/analytics";
 * import { ok } from "node:assert/strict";
 *
 * const { mean } = theta(Float64Array.from({ length: 50 }, (_, t) => 2 * t), { horizon: 2 });
 * ok(Math.abs(mean[1] - mean[0] - 1) < 1e-9);
 * ```
 */
export function theta(values: ArrayLike<number>, options: ThetaOptions = {}): Forecast {
  const action = "forecast by theta";
  const task = requireYardstickOptions(options, action);
  requireObservations(values, 4, action);
  requireSquarable(values, action);
  requireInteger(task.period, "period", { minimum: 1, maximum: Math.floor(values.length / 2) }, action);
  return forecastTheta(Float64Array.from(values), task);
}
