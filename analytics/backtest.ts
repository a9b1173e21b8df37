import {
  refuse,
  requireFraction,
  requireInteger,
  requireKnownOptions,
  requireObservations,
} from "./_require.ts";
import type { Forecast, ForecastModel } from "./forecast_model.ts";
import { maseScale } from "./forecasting/errors/_summarize_errors.ts";
import { intervalCoverage } from "./interval_coverage.ts";
import { meanAbsoluteError } from "./mean_absolute_error.ts";
import { rootMeanSquaredError } from "./root_mean_squared_error.ts";
import { symmetricMape } from "./symmetric_mape.ts";
import { winklerScore } from "./winkler_score.ts";

/** Options of {@linkcode backtest}. */
export interface BacktestOptions {
  /**
   * Fits to the values up to an origin and answers with a model to ask, or with the forecast itself. It is given the
   * horizon as well, and sees nothing after the origin.
   */
  readonly fit: (values: Float64Array, horizon: number) => ForecastModel | Forecast;
  /**
   * Steps to forecast from each origin.
   *
   * @default 10
   */
  readonly horizon?: number;
  /**
   * Number of origins; the last one leaves just one horizon to forecast, each earlier one `stride` more.
   *
   * @default 5
   */
  readonly folds?: number;
  /**
   * Steps from one origin to the next.
   *
   * @default the horizon, so that the folds do not overlap
   */
  readonly stride?: number;
  /**
   * Steps per season, by which errors are scaled for `mase`.
   *
   * @default 1
   */
  readonly period?: number;
  /**
   * Confidence of the intervals to ask a model for.
   *
   * @default 0.95
   */
  readonly confidence?: number;
}

/** What {@linkcode backtest} finds; errors in the unit of the series unless said otherwise. */
export interface BacktestResult {
  /** Value less forecast per fold, oldest first, one entry per step; `NaN` where the value is missing. */
  readonly errors: readonly Float64Array[];
  /** Mean absolute error over all folds and steps. */
  readonly mae: number;
  /** Root mean squared error over all folds and steps. */
  readonly rmse: number;
  /** Symmetric mean absolute percentage error as in M4, 0 … 200. */
  readonly smape: number;
  /**
   * Mean absolute scaled error as in M4, each fold scaled by its own past; `null` where a past is too short for that
   * or repeats exactly.
   */
  readonly mase: number | null;
  /** Share of values within their interval, 0 … 1. */
  readonly coverage: number;
  /** Mean Winkler score: the width of the interval, plus `2 / (1 − confidence)` times any miss. Lower is better. */
  readonly winkler: number;
}

/**
 * Measures a forecasting method on a series by rolling origins: fit to the past, forecast, compare, move on.
 *
 * Use it to compare methods on the data they are meant for; whatever is fitted within `fit` never sees what it is
 * judged by. Missing values are passed on to `fit` as they are and are left out of every measure. Costs `folds` fits.
 * Definitions: Makridakis, Spiliotis & Assimakopoulos (2020) for sMAPE and MASE, Winkler (1972) for the intervals.
 *
 * @param values Observations in order of time; `NaN` is a missing one.
 * @param options The method, and where to try it.
 * @returns The errors and what they amount to.
 * @throws {RangeError} Where the series is too short for the folds, nothing forecast was observed, a forecast is too
 * short, or an option is out of bounds.
 * @throws {TypeError} Values or options of the wrong shape, or where `fit` answers with neither model nor forecast.
 *
 * @example How far off is the naive forecast
 * ```ts
 * import { backtest, naive } from "@pronoia/analytics";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const fit = (past: Float64Array, horizon: number) => naive(past, { horizon });
 * const { mae } = backtest([1, 2, 4, 3, 5, 7], { fit, horizon: 1, folds: 2 });
 * deepStrictEqual(mae, 2);
 * ```
 */
export function backtest(values: ArrayLike<number>, options: BacktestOptions): BacktestResult {
  const action = "backtest";
  requireKnownOptions(options, ["fit", "horizon", "folds", "stride", "period", "confidence"], action);
  const { fit, horizon = 10, folds = 5, stride = horizon, period = 1, confidence = 0.95 } = options;
  if (typeof fit !== "function") {
    refuse(fit, "fit", "a function", action, TypeError);
  }
  requireInteger(horizon, "horizon", { minimum: 1, maximum: 1e6 }, action);
  requireInteger(folds, "folds", { minimum: 1, maximum: 1e5 }, action);
  requireInteger(stride, "stride", { minimum: 1, maximum: 1e6 }, action);
  requireInteger(period, "period", { minimum: 1 }, action);
  requireFraction(confidence, "confidence", action);
  requireObservations(values, 2, action);
  const firstOrigin = values.length - horizon - (folds - 1) * stride;
  if (firstOrigin < 1) {
    throw new RangeError(
      `Cannot ${action} as ${folds} folds need at least ${
        values.length - firstOrigin + 1
      } values: found ${values.length}`,
    );
  }

  const all = Float64Array.from(values);
  const actual = new Float64Array(folds * horizon);
  const predicted = new Float64Array(folds * horizon);
  const interval = { lower: new Float64Array(folds * horizon), upper: new Float64Array(folds * horizon) };
  const scaled: number[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const origin = firstOrigin + fold * stride;
    const past = all.slice(0, origin);
    const { mean, lower, upper } = askForForecast(
      callFit(fit, past, horizon, action),
      horizon,
      confidence,
      action,
    );
    const at = fold * horizon;
    actual.set(all.subarray(origin, origin + horizon), at);
    predicted.set(mean.subarray(0, horizon), at);
    interval.lower.set(lower.subarray(0, horizon), at);
    interval.upper.set(upper.subarray(0, horizon), at);
    const scale = maseScale(past, period);
    for (let k = at; k < at + horizon; k++) {
      const error = Math.abs(actual[k] - predicted[k]);
      if (error === error) scaled.push(error / scale);
    }
  }
  if (scaled.length === 0) {
    throw new RangeError(`Cannot ${action} as at least 1 value that is forecast must be observed: found 0`);
  }
  const mase = scaled.reduce((sum, error) => sum + error / scaled.length, 0);
  return {
    errors: Array.from({ length: folds }, (_, fold) => {
      return actual.slice(fold * horizon, (fold + 1) * horizon).map((value, k) =>
        value - predicted[fold * horizon + k]
      );
    }),
    mae: meanAbsoluteError(actual, predicted),
    rmse: rootMeanSquaredError(actual, predicted),
    smape: symmetricMape(actual, predicted),
    mase: Number.isFinite(mase) ? mase : null,
    coverage: intervalCoverage(actual, interval),
    winkler: winklerScore(actual, interval, { confidence }),
  };
}

function callFit(
  fit: BacktestOptions["fit"],
  past: Float64Array,
  horizon: number,
  action: string,
): ForecastModel | Forecast {
  try {
    return fit(past, horizon);
  } catch (error) {
    // A function of the library passed as it is takes the horizon for its options.
    if (!(error instanceof TypeError && error.message.endsWith(`must be an object: found ${horizon}`))) {
      throw error;
    }
    throw new TypeError(
      `Cannot ${action} as "fit" must wrap what takes options, as (past, horizon) => naive(past, { horizon }): ` +
        `found ${fit.name}`,
    );
  }
}

function askForForecast(
  source: ForecastModel | Forecast,
  horizon: number,
  confidence: number,
  action: string,
): Forecast {
  const isModel = typeof source === "object" && source !== null && "forecast" in source;
  const answer = isModel ? source.forecast(horizon, { confidence }) : source;
  const parts = [answer?.mean, answer?.lower, answer?.upper];
  if (!parts.every((part) => part instanceof Float64Array)) {
    throw new TypeError(
      `Cannot ${action} as "fit" must answer with a model or a forecast: found ${String(source)}`,
    );
  }
  for (const { length } of parts) {
    if (length < horizon) {
      throw new RangeError(
        `Cannot ${action} as every forecast must be ${horizon} steps long: found ${length}`,
      );
    }
  }
  return answer;
}
