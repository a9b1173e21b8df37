import {
  refuse,
  requireFraction,
  requireInteger,
  requireKnownOptions,
  requireObservations,
  requireOneOf,
  requirePositive,
} from "./_require.ts";
import type { Forecaster } from "./forecaster_model.ts";
import { chooseFor } from "./forecasting/choice/_choose_for.ts";

/** Options of {@linkcode chooseForecaster}. */
export interface ChooseForecasterOptions {
  /**
   * Steps per season, such as `[24, 168]` for hourly values; `[]` for none. A period of which there are fewer than
   * two cycles is left out, with a warning.
   *
   * @default those that `findPeriods` finds
   */
  readonly periods?: readonly number[];
  /** Milliseconds from one value to the next, by which found periods are snapped to the calendar. */
  readonly stepMs?: number;
  /**
   * Probability, per step, that the interval holds the value, where `forecast` is not told another.
   *
   * @default 0.95
   */
  readonly confidence?: number;
  /**
   * How much to try: `"quick"` is a few milliseconds for a day of minutes, `"full"` some ten of them. It is a budget
   * of passes over the values, not of time, so the answer never depends on the machine.
   *
   * @default "full"
   */
  readonly effort?: "quick" | "full";
  /**
   * Steps ahead the choice is made for; any other up to a million may be asked for.
   *
   * @default 10, or where there are periods twice the shortest, 10 … 48
   */
  readonly horizon?: number;
}

/**
 * Chooses the method that forecasts a series best, by trying each from many origins within the series itself.
 *
 * The candidates are the naive and seasonal naive forecasts, exponential smoothing (simple, damped, with errors that
 * carry over, theta; ETS and MSTL where these do well), the line through the recent values and autoregressions on the
 * series less its seasons, the latter also on the newest values and those one cycle ago, the same of logarithms where
 * all values are positive, and blends of the best. Each is fitted to the first part of the series, forecasts from
 * rolling origins over the rest, and is scored by its mean absolute error over all steps up to the horizon; the
 * winner is fitted again to everything. As the naive forecasts are among the candidates, the chosen method is never
 * worse than them on this backtest, and no forecast leaves the plausible range: what was observed, as much again on
 * either side, and more the further ahead. Series that never fall below 0 are not forecast below it.
 *
 * The intervals are quantiles of the errors that the rolling origins showed, scaled to the present volatility, and
 * grow with the horizon. Of a series without seasons that is younger than 240 values they are, the more so the
 * younger it is, those of Bayes's rule over levels, lines and walks, which leave open what the values do. Fewer than
 * 20 observations are not enough to choose on: the forecast is then the middle of these, with a warning. A constant
 * series is forecast constant, with a warning. Missing values are skipped throughout. Costs O(n) a pass for a few
 * dozen fits; deterministic.
 *
 * @param values Observations in order of time, at equal steps; `NaN` is a missing one.
 * @param options Periods, step, confidence, effort, and the horizon to choose for.
 * @returns A forecaster that stands at the end of the values.
 * @throws {RangeError} With fewer than two observations, an infinite value, or an option out of bounds.
 * @throws {TypeError} Values or options of the wrong shape.
 *
 * @example Choose once, then follow the series
 * ```ts
 * import { chooseForecaster } from "@pronoia/analytics";
 * import { ok } from "node:assert/strict";
 *
 * const values = Float64Array.from({ length: 200 }, (_, t) => 50 + 10 * Math.sin(2 * Math.PI * t / 24));
 * const forecaster = chooseForecaster(values, { periods: [24] });
 * forecaster.update([50 + 10 * Math.sin(2 * Math.PI * 200 / 24)]);
 * const { mean } = forecaster.forecast(24);
 * ok(Math.abs(mean[0] - (50 + 10 * Math.sin(2 * Math.PI * 201 / 24))) < 0.5);
 * ```
 */
export function chooseForecaster(
  values: ArrayLike<number>,
  options: ChooseForecasterOptions = {},
): Forecaster {
  const action = "choose a forecaster";
  requireKnownOptions(options, ["periods", "stepMs", "confidence", "effort", "horizon"], action);
  requireObservations(values, 2, action);
  const { periods, stepMs, confidence = 0.95, effort = "full", horizon } = options;
  requireFraction(confidence, "confidence", action);
  requireOneOf(effort, "effort", ["quick", "full"], action);
  if (horizon !== undefined) requireInteger(horizon, "horizon", { minimum: 1, maximum: 1e6 }, action);
  if (stepMs !== undefined) requirePositive(stepMs, "stepMs", action);
  if (periods !== undefined) {
    if (!Array.isArray(periods)) {
      refuse(periods, "periods", "an array", action, TypeError);
    }
    for (const period of periods) requireInteger(period, "periods", { minimum: 1 }, action);
  }
  return chooseFor(Float64Array.from(values), { periods, stepMs, confidence, effort, horizon });
}
