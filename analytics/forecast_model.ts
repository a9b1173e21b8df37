/**
 * What every forecast and every forecasting model of this library promises, whatever is behind it.
 *
 * @module
 */

/** A model's view of the next `mean.length` steps. Entry `k` is for `k + 1` steps after the last value given. */
export interface Forecast {
  /**
   * Point forecast per step, in the unit of the series: the mean of a model's distribution; where a method was chosen
   * by least absolute error, nearer to the median, which rare bursts do not lift.
   */
  readonly mean: Float64Array;
  /** Lower end of the central prediction interval per step. */
  readonly lower: Float64Array;
  /** Upper end of the central prediction interval per step. */
  readonly upper: Float64Array;
  /** Probability, per step, that the value falls within `[lower, upper]`. */
  readonly confidence: number;
  /** The method in words, such as `"ETS(A,Ad,A)"` or `"seasonal naive"`. */
  readonly method: string;
  /** Why this method, and how it did on the series itself. */
  readonly explanation: ForecastExplanation;
  /**
   * Draws sample paths of the future.
   *
   * The same seed gives the same paths, and path `p` uses the same random numbers whatever the number of paths
   * (common random numbers), so that two bounds or two horizons can be compared without sampling noise.
   *
   * @returns `paths` arrays of `mean.length` values each.
   */
  simulate(options?: SimulateOptions): Float64Array[];
}

/** How many paths to draw, from which seed. */
export interface SimulateOptions {
  /**
   * Number of paths.
   *
   * @default 1000
   */
  readonly paths?: number;
  /**
   * Seed of the generator, any integer.
   *
   * @default 1
   */
  readonly seed?: number;
}

/** The evidence that travels with a forecast. */
export interface ForecastExplanation {
  /** Everything that was considered, best first; a rejected candidate says why. */
  readonly candidates: readonly ForecastCandidate[];
  /** Rolling-origin errors of the chosen method on the series itself, or `null` where none was run. */
  readonly backtest: BacktestSummary | null;
  /** What the reader should know before trusting the figures, in sentences. */
  readonly warnings: readonly string[];
}

/** One considered method. */
export interface ForecastCandidate {
  /** The method in words. */
  readonly method: string;
  /**
   * Its score, lower is better, or `null` where it could not be fitted: for `autoEts` its criterion, else its error
   * as in MASE, raised by 20 % of a blend picked as best and by 30 % of a single method, as the best of many is
   * partly lucky, and by 30 % of what is worse than the naive forecasts.
   */
  readonly score: number | null;
  /** Why it was not chosen; absent on the chosen one. */
  readonly rejected?: string;
}

/** Errors over rolling origins, in the unit of the series unless said otherwise. */
export interface BacktestSummary {
  /** Mean absolute error. */
  readonly mae: number;
  /** Root mean squared error. */
  readonly rmse: number;
  /** Mean absolute scaled error (Hyndman & Koehler 2006), unitless; `null` where the scale is 0. */
  readonly mase: number | null;
  /** Share of values within their interval, 0 … 1. */
  readonly coverage: number;
  /** Standard deviation of the series, the yardstick for `mae` and `rmse`. */
  readonly standardDeviation: number;
}

/** A fitted model: forecasts from the end of the values it has seen. */
export interface ForecastModel {
  /** Forecasts `horizon` steps. O(horizon). */
  forecast(horizon: number, options?: { readonly confidence?: number }): Forecast;
}
