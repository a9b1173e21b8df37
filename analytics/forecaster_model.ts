/**
 * What a forecaster that was chosen for a series can do.
 *
 * @module
 */
import type { Forecast, ForecastExplanation, ForecastModel } from "./forecast_model.ts";

/**
 * A forecaster chosen for one series: it takes new values as they come, forecasts from where it stands, and can be
 * stored as JSON. Choosing is dear and rare, this is cheap and often.
 */
export interface Forecaster extends ForecastModel {
  /** The method in words. */
  readonly method: string;
  /** What was considered, how the chosen method did on the series, and what to know before trusting it. */
  readonly explanation: ForecastExplanation;
  /**
   * Whether it is time to choose anew: as many values again were taken as it was chosen from, three in a row lay
   * three times further off than usual on one side, or a constant moved.
   */
  readonly isOutgrown: boolean;
  /**
   * Takes the values that came since, in order, changing the forecaster in place; `NaN` is a missing one, to be given
   * as such so that seasons stay in step. O(1) per value. The chosen method and its constants stay; values given in
   * pieces lead to the same state as given at once.
   *
   * A value further off than any error that was seen, and than ten times the usual one, counts as no further: one
   * glitch is not learned. From the third such value in a row on the same side on it is believed. While the newest
   * values are missing, forecasts grow as unsure as they are so many steps further from the last value seen.
   *
   * @returns This forecaster.
   * @throws {RangeError} On an infinite value; then nothing is taken.
   * @throws {TypeError} Where the values are not array-like.
   */
  update(values: ArrayLike<number>): this;
  /**
   * Forecasts `horizon` steps after the last value taken. O(horizon).
   *
   * @param horizon Steps to forecast.
   * @param options The confidence, by default the one given when choosing.
   * @returns Mean and interval per step, the reasons, and paths on demand.
   * @throws {RangeError} Where the horizon is not an integer of 1 … a million, or the confidence not between 0 and 1.
   * @throws {TypeError} Options of the wrong shape.
   */
  forecast(horizon: number, options?: { readonly confidence?: number }): Forecast;
  /** The whole state as plain JSON, for `readForecaster`; the copy goes on exactly as this one would. */
  toJson(): ForecasterJson;
}

/** A forecaster as plain JSON. Only `version` and `method` are meant to be read by others. */
export interface ForecasterJson {
  /** Version of the format. */
  readonly version: 1;
  /** The method in words. */
  readonly method: string;
  /** The rest, for `readForecaster`. */
  readonly [field: string]: unknown;
}
