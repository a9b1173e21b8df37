/**
 * What every fitted exponential smoothing model of this library offers.
 *
 * @module
 */
import type { ForecastModel } from "./forecast_model.ts";

/** Weights of a smoothing model, unitless; a component the model lacks has 0, and a trend without damping 1. */
export interface SmoothingParameters {
  /** Share of an error that moves the level: α. */
  readonly level: number;
  /** How an error moves the trend: β* (share of the level's move) in Holt-Winters models, β = αβ* in ETS models. */
  readonly trend: number;
  /** Share of an error that moves the season: γ. */
  readonly seasonal: number;
  /** Factor the trend shrinks by at every step: φ. */
  readonly damping: number;
}

/** State of a smoothing model between two steps. */
export interface SmoothingState {
  /** Level, in the unit of the series. */
  readonly level: number;
  /** Change per step: an amount, or a factor where the trend multiplies; 0 without a trend. */
  readonly trend: number;
  /** The season of the next `period` steps, next one first: amounts or factors; empty without a season. */
  readonly seasonal: Float64Array;
}

/** A smoothing model that forecasts, learns and can be stored. */
export interface SmoothingModel extends ForecastModel {
  /** The model in words, such as `ETS(A,Ad,A)`. */
  readonly method: string;
  /** Steps of one season; 1 where there is none. */
  readonly period: number;
  /** Estimated or given weights. */
  readonly parameters: SmoothingParameters;
  /** Estimated state before the first value of the fit. */
  readonly initialState: SmoothingState;
  /** State after the last value seen, by the fit or by {@linkcode SmoothingModel.update}. */
  readonly state: SmoothingState;
  /** Sum of squared residuals of the fit. */
  readonly sse: number;
  /** Variance of the errors: `sse` by the degrees of freedom left. */
  readonly variance: number;
  /** Number of values of the fit that were not missing. */
  readonly observations: number;
  /** Gaussian log-likelihood of the fit, with all its constants. */
  readonly logLikelihood: number;
  /** Akaike's criterion. */
  readonly aic: number;
  /** Akaike's criterion corrected for few observations; `Infinity` where there are too few for the correction. */
  readonly aicc: number;
  /** Schwarz's criterion. */
  readonly bic: number;
  /**
   * Moves the state over new values, in place, O(1) for each and exactly as the fit's own filter would.
   *
   * Weights, variance and figures of the fit stay. A missing value (`NaN`) moves the state as foretold; while the
   * newest values are missing, a forecast is as wide as one for so many steps more from the last value seen.
   * Forecasts handed out before keep their figures.
   *
   * @param values What followed the values seen so far, in the same equal steps.
   * @returns This model.
   * @throws {RangeError} An infinite value, or one that is not positive where the model needs positive ones; the
   * state has not moved then. Give such a value as `NaN` to go on, as `chooseForecaster` does of its own accord.
   */
  update(values: ArrayLike<number>): this;
  /** Everything needed to go on from here, as plain data for `JSON.stringify`; O(period). */
  toJson(): SmoothingJson;
}

/** A stored smoothing model; treat it as opaque. */
export interface SmoothingJson {
  /** Which family of models this is. */
  readonly kind: "holt-winters" | "ets";
  /** Version of the layout. */
  readonly version: 1;
  /** The model itself. */
  readonly model: { readonly [name: string]: unknown };
}
