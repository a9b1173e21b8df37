import { chooseForecaster } from "./choose_forecaster.ts";
import { requireInteger, requireKnownOptions } from "./_require.ts";
import type { Forecast } from "./forecast_model.ts";

/** Options of {@linkcode forecast}. */
export interface ForecastOptions {
  /**
   * Steps to forecast, at most a million.
   *
   * @default 10
   */
  readonly horizon?: number;
  /**
   * Steps per season, such as `[24, 168]`; `[]` for none. A period of which there are fewer than two cycles is left
   * out, with a warning.
   *
   * @default those that `findPeriods` finds
   */
  readonly periods?: readonly number[];
  /**
   * Probability, per step, that the interval holds the value.
   *
   * @default 0.95
   */
  readonly confidence?: number;
  /** Milliseconds from one value to the next, by which found periods are snapped to the calendar. */
  readonly stepMs?: number;
  /**
   * How much to try, see {@linkcode ChooseForecasterOptions.effort}.
   *
   * @default "full"
   */
  readonly effort?: "quick" | "full";
}

/**
 * Forecasts a series with the method that does best on it, with intervals and the reasons.
 *
 * It is {@linkcode chooseForecaster} for this horizon, asked once; keep the forecaster instead where values go on
 * arriving. Deterministic. Costs what choosing does, O(n) a pass for a few dozen fits, and O(horizon).
 *
 * @param values Observations in order of time, at equal steps; `NaN` is a missing one.
 * @param options Horizon, periods, confidence, step and effort.
 * @returns Mean and interval per step, the method, why it was chosen, and paths on demand.
 * @throws {RangeError} With fewer than two observations, an infinite value, or an option out of bounds.
 * @throws {TypeError} Values or options of the wrong shape.
 *
 * @example The next two days of an hourly series
 * ```ts
 * import { forecast } from "@pronoia/analytics";
 * import { ok } from "node:assert/strict";
 *
 * const values = Float64Array.from({ length: 240 }, (_, t) => 100 + 20 * Math.sin(2 * Math.PI * t / 24) + t % 7);
 * const { mean, lower, upper } = forecast(values, { horizon: 48, periods: [24] });
 * ok(mean.every((value, k) => lower[k] <= value && value <= upper[k]));
 * ```
 */
export function forecast(values: ArrayLike<number>, options: ForecastOptions = {}): Forecast {
  const action = "forecast";
  requireKnownOptions(options, ["horizon", "periods", "confidence", "stepMs", "effort"], action);
  const { horizon = 10, ...rest } = options;
  requireInteger(horizon, "horizon", { minimum: 1, maximum: 1e6 }, action);
  return chooseForecaster(values, { ...rest, horizon }).forecast(horizon);
}
