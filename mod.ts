/**
 * Time-series analysis in pure TypeScript: autocorrelation, stationarity, seasonality, decomposition,
 * exponential smoothing, forecasts with honest intervals, and the probability that a bound is broken.
 *
 * @module
 */
export type {
  BacktestSummary,
  Forecast,
  ForecastCandidate,
  ForecastExplanation,
  ForecastModel,
  SimulateOptions,
} from "./analytics/forecast_model.ts";
