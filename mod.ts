/**
 * Time-series analysis in pure TypeScript: autocorrelation, stationarity, seasonality, decomposition,
 * exponential smoothing, forecasts with honest intervals, and the probability that a bound is broken.
 *
 * @module
 */
export { acf, type AcfOptions, type AcfResult } from "./analytics/acf.ts";
export {
  type AdfCriticalValues,
  type AdfLagSelection,
  type AdfOptions,
  type AdfRegression,
  type AdfResult,
  adfTest,
} from "./analytics/adf.ts";
export { pacf, type PacfOptions, type PacfResult } from "./analytics/pacf.ts";
export {
  type KpssCriticalValues,
  type KpssOptions,
  type KpssRegression,
  type KpssResult,
  kpssTest,
} from "./analytics/kpss.ts";
export {
  type AutocorrelationJudgement,
  judgeAutocorrelation,
  type JudgeAutocorrelationOptions,
} from "./analytics/judge_autocorrelation.ts";
export { ljungBox, type LjungBoxOptions, type LjungBoxResult } from "./analytics/ljung_box.ts";
export {
  judgeStationarity,
  type JudgeStationarityOptions,
  type StationarityJudgement,
  type StationarityVerdict,
} from "./analytics/judge_stationarity.ts";

export {
  breachProbability,
  type BreachProbabilityOptions,
  type BreachProbabilityResult,
} from "./analytics/breach_probability.ts";
export { type ErrorBudget, errorBudget, type ErrorBudgetOptions } from "./analytics/error_budget.ts";
export {
  findViolations,
  type ViolationBounds,
  type ViolationInterval,
  type Violations,
} from "./analytics/find_violations.ts";

export { type CounterRate, counterRate, type TimedSamples } from "./analytics/counter_rate.ts";
export { type FilledSeries, fillGaps, type FillGapsOptions } from "./analytics/fill_gaps.ts";
export { regularize, type RegularizeOptions, type RegularSeries } from "./analytics/regularize.ts";
export { summarize, type Summary } from "./analytics/summarize.ts";
export { difference, type DifferencedSeries, type DifferenceOptions } from "./analytics/difference.ts";

export { rootMeanSquaredError } from "./analytics/root_mean_squared_error.ts";
export { type IntervalBounds, intervalCoverage } from "./analytics/interval_coverage.ts";
export { symmetricMape } from "./analytics/symmetric_mape.ts";
export { meanAbsoluteError } from "./analytics/mean_absolute_error.ts";
export { winklerScore, type WinklerScoreOptions } from "./analytics/winkler_score.ts";
export {
  meanAbsoluteScaledError,
  type MeanAbsoluteScaledErrorOptions,
} from "./analytics/mean_absolute_scaled_error.ts";
export { pinballLoss, type PinballLossOptions } from "./analytics/pinball_loss.ts";
export { backtest, type BacktestOptions, type BacktestResult } from "./analytics/backtest.ts";

export {
  findPeriods,
  type FindPeriodsOptions,
  type FindPeriodsResult,
  type FoundPeriod,
} from "./analytics/find_periods.ts";
export {
  seasonalDecompose,
  type SeasonalDecomposeOptions,
  type SeasonalDecomposeResult,
} from "./analytics/seasonal_decompose.ts";
export {
  type SmootherOptions,
  stl,
  type StlOptions,
  type StlResult,
  type StlStrength,
} from "./analytics/stl.ts";
export { mstl, type MstlOptions, type MstlResult, type MstlStrength } from "./analytics/mstl.ts";
export { deseasonalize, type DeseasonalizeResult } from "./analytics/deseasonalize.ts";

export { readEts } from "./analytics/read_ets.ts";
export type {
  SmoothingJson,
  SmoothingModel,
  SmoothingParameters,
  SmoothingState,
} from "./analytics/smoothing_model.ts";
export { readHoltWinters } from "./analytics/read_holt_winters.ts";
export { autoEts, type AutoEtsModel, type AutoEtsOptions, type EtsCandidate } from "./analytics/auto_ets.ts";
export { type EtsModel, type EtsOptions, fitEts } from "./analytics/fit_ets.ts";
export {
  fitHoltWinters,
  type HoltWintersModel,
  type HoltWintersOptions,
} from "./analytics/fit_holt_winters.ts";

export type {
  BacktestSummary,
  Forecast,
  ForecastCandidate,
  ForecastExplanation,
  ForecastModel,
  SimulateOptions,
} from "./analytics/forecast_model.ts";
export type { Forecaster, ForecasterJson } from "./analytics/forecaster_model.ts";
export { chooseForecaster, type ChooseForecasterOptions } from "./analytics/choose_forecaster.ts";
export { readForecaster } from "./analytics/read_forecaster.ts";
export { forecast, type ForecastOptions } from "./analytics/forecast.ts";
export { naive, type NaiveOptions } from "./analytics/naive.ts";
export { seasonalNaive, type SeasonalNaiveOptions } from "./analytics/seasonal_naive.ts";
export { theta, type ThetaOptions } from "./analytics/theta.ts";
export { drift, type DriftOptions } from "./analytics/drift.ts";
