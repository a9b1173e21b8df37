import { requireKnownOptions } from "./_require.ts";
import type { SmoothingModel, SmoothingParameters } from "./smoothing_model.ts";
import { describeEts, etsRegion } from "./smoothing/_ets.ts";
import { fitGiven } from "./smoothing/_fit_given.ts";

/** Which model of the ETS taxonomy to fit. */
export interface EtsOptions {
  /**
   * How errors enter: as an amount, or relative to the value foretold.
   *
   * @default "additive"
   */
  readonly error?: "additive" | "multiplicative";
  /**
   * How the trend enters.
   *
   * @default "none"
   */
  readonly trend?: "none" | "additive" | "multiplicative";
  /**
   * Let the trend fade with the horizon.
   *
   * @default false
   */
  readonly damped?: boolean;
  /**
   * How the season enters.
   *
   * @default "none"
   */
  readonly seasonal?: "none" | "additive" | "multiplicative";
  /** Steps of one season, 2 … 10,080; needed with a season. */
  readonly period?: number;
  /** Weights that are held at a given value instead of being estimated: α, β, γ and φ of the taxonomy. */
  readonly smoothing?: Partial<SmoothingParameters>;
}

/** An ETS model fitted to a series. */
export interface EtsModel extends SmoothingModel {
  /** One-step predictions of every value of the fit, also where it is missing. */
  readonly fitted: Float64Array;
  /** The innovations: errors, relative to the prediction for multiplicative errors; `NaN` where missing. */
  readonly residuals: Float64Array;
}

const action = "fit ETS";

/**
 * Fits one model of the ETS taxonomy (error, trend, season: Hyndman, Koehler, Ord & Snyder 2008) by maximum
 * likelihood.
 *
 * Use it when the components are known; `autoEts` chooses among them. Multiplicative errors suit metrics whose noise
 * grows with their level, multiplicative seasons those whose swings do.
 *
 * The weights are those of the innovations form, as in R's `ets`: `parameters.trend` is β (not β* = β/α), sought in
 * 0 ≤ β ≤ α, with 0.0001 ≤ α ≤ 0.9999, 0 ≤ γ ≤ 1 − α, 0.8 ≤ φ ≤ 0.98. Weights and initial states are estimated
 * together. Every fit also begins from the optima of the models it contains, so the likelihoods of nested models are
 * ordered.
 *
 * `logLikelihood` is −n/2 (log(2πσ²) + 1) − Σ log ŷ (the last for multiplicative errors only), σ² the mean squared
 * residual: that of statsmodels' `ETSModel`; R omits −n/2 (log(2π/n) + 1). Criteria count weights, initial states
 * (period − 1 for a season, one is redundant) and σ², as R does. `variance` is `sse` by n less weights and states.
 *
 * A missing value (`NaN`) has no error and no part in the likelihood: the state moves as foretold. A constant series
 * is foretold exactly, its likelihood that of rounding errors. Intervals are exact for models whose components are
 * sums, with either error (chapter 6 of the book), and simulated from the residuals otherwise.
 *
 * Agrees with R `ets` (forecast 8.20) and statsmodels 0.15 `ETSModel`, whose likelihoods it reaches or exceeds
 * (on the goldens to 1e-4; of 900 short random series with random models four fell short of one of the two, as the
 * likelihood has several optima there).
 * Shifts of additive models and factors carry over to the forecasts, to 1e-9 of the spread. O(n + period log period)
 * per pass, some hundred passes.
 *
 * @param values The series in equal steps; `NaN` is missing.
 * @param options The form of error, trend and season, the period, and constants to hold fixed.
 * @returns The model: figures of the fit, `forecast`, `update`, `toJson`.
 * @throws {RangeError} Too few values for the model (two periods, and more observations than weights and states),
 * an infinite value, one beyond 1e150, one that is not positive where it must be, a model that foretells values that
 * are not positive whatever its weights, or an option out of bounds.
 * @throws {TypeError} Values or options of the wrong shape.
 *
 * @example Simple smoothing of a level that moves
 * ```ts
 * import { fitEts } from "@pronoia/analytics";
 * import { ok } from "node:assert/strict";
 *
 * const model = fitEts([10, 12, 11, 13, 15, 14, NaN, 16, 18, 17], { trend: "additive" });
 * const { mean, lower, upper } = model.forecast(3, { confidence: 0.8 });
 * ok(mean[2] > mean[0] && lower[2] < mean[2] && mean[2] < upper[2]);
 * ```
 */
export function fitEts(values: ArrayLike<number>, options: EtsOptions = {}): EtsModel {
  requireKnownOptions(options, ["error", "trend", "damped", "seasonal", "period", "smoothing"], action);
  return describeEts(fitGiven(values, options, { action, regionOf: etsRegion }));
}
