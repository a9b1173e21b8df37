/**
 * Time-series analysis in pure TypeScript: autocorrelation, stationarity, seasonality, decomposition,
 * exponential smoothing, forecasts with honest intervals, and the probability that a bound is broken.
 *
 * @module
 */
export { acf, type AcfOptions, type AcfResult } from "./analytics/acf.ts";
export type {
  BacktestSummary,
  Forecast,
  ForecastCandidate,
  ForecastExplanation,
  ForecastModel,
  SimulateOptions,
} from "./analytics/forecast_model.ts";
export { type IntervalBounds, intervalCoverage } from "./analytics/interval_coverage.ts";
export { meanAbsoluteError } from "./analytics/mean_absolute_error.ts";
export {
  meanAbsoluteScaledError,
  type MeanAbsoluteScaledErrorOptions,
} from "./analytics/mean_absolute_scaled_error.ts";
export { pinballLoss, type PinballLossOptions } from "./analytics/pinball_loss.ts";
export { rootMeanSquaredError } from "./analytics/root_mean_squared_error.ts";
export { summarize, type Summary } from "./analytics/summarize.ts";
export { symmetricMape } from "./analytics/symmetric_mape.ts";
export { winklerScore, type WinklerScoreOptions } from "./analytics/winkler_score.ts";
