import { ok, throws } from "node:assert/strict";
import * as analytics from "@pronoia/analytics";

/** Every numeric option of every export takes a number and nothing that JavaScript would turn into one. */
type Call = (found: never) => unknown;

const values = Float64Array.from({ length: 60 }, (_, t) => 10 + Math.sin(t) + Math.cos(t * t));
const samples = { timesMs: Array.from(values, (_, t) => t * 1000), values };
const series = { startMs: 0, stepMs: 1000, values };
const interval = { lower: values, upper: values };
const fit = (past: Float64Array, horizon: number) => analytics.naive(past, { horizon });
const given = analytics.naive(values);
const forecaster = analytics.chooseForecaster(values, { periods: [], horizon: 5 });
const violations = analytics.findViolations(series, { max: 11 });
const {
  acf,
  adfTest,
  autoEts,
  backtest,
  breachProbability,
  chooseForecaster,
  deseasonalize,
  difference,
  drift,
  errorBudget,
  fillGaps,
  findPeriods,
  findViolations,
  fitEts,
  fitHoltWinters,
  forecast,
  judgeAutocorrelation,
  judgeStationarity,
  kpssTest,
  ljungBox,
  meanAbsoluteScaledError,
  mstl,
  naive,
  pacf,
  pinballLoss,
  regularize,
  seasonalDecompose,
  seasonalNaive,
  stl,
  theta,
  winklerScore,
} = analytics;

const trend = "additive" as const;
const calls: Readonly<Record<string, Call>> = {
  "acf maxLag": (maxLag) => acf(values, { maxLag }),
  "acf confidence": (confidence) => acf(values, { confidence }),
  "pacf maxLag": (maxLag) => pacf(values, { maxLag }),
  "pacf confidence": (confidence) => pacf(values, { confidence }),
  "ljungBox lags": (lags) => ljungBox(values, { lags }),
  "ljungBox modelParameters": (modelParameters) => ljungBox(values, { modelParameters }),
  "adfTest maxLag": (maxLag) => adfTest(values, { maxLag }),
  "kpssTest lags": (lags) => kpssTest(values, { lags }),
  "judgeStationarity significance": (significance) => judgeStationarity(values, { significance }),
  "judgeAutocorrelation significance": (significance) => judgeAutocorrelation(values, { significance }),
  "judgeAutocorrelation lags": (lags) => judgeAutocorrelation(values, { lags }),
  "seasonalDecompose period": (period) => seasonalDecompose(values, { period }),
  "seasonalDecompose extrapolateTrend": (extrapolateTrend) =>
    seasonalDecompose(values, { period: 6, extrapolateTrend }),
  "stl period": (period) => stl(values, { period }),
  "stl seasonalWindow": (seasonalWindow) => stl(values, { period: 6, seasonalWindow }),
  "stl trendWindow": (trendWindow) => stl(values, { period: 6, trendWindow }),
  "stl seasonalDegree": (seasonalDegree) => stl(values, { period: 6, seasonalDegree }),
  "stl seasonalJump": (seasonalJump) => stl(values, { period: 6, seasonalJump }),
  "stl innerIterations": (innerIterations) => stl(values, { period: 6, innerIterations }),
  "stl outerIterations": (outerIterations) => stl(values, { period: 6, outerIterations }),
  "mstl periods": (periods) => mstl(values, { periods: [periods] }),
  "mstl windows": (windows) => mstl(values, { periods: [6], windows: [windows] }),
  "mstl iterate": (iterate) => mstl(values, { periods: [6], iterate }),
  "deseasonalize periods": (period) => deseasonalize(values, { periods: [period] }),
  "difference lag": (lag) => difference(values, { lag }),
  "fillGaps maxGap": (maxGap) => fillGaps(values, { maxGap }),
  "findPeriods minPeriod": (minPeriod) => findPeriods(values, { minPeriod }),
  "findPeriods maxPeriod": (maxPeriod) => findPeriods(values, { maxPeriod }),
  "findPeriods significance": (significance) => findPeriods(values, { significance }),
  "findPeriods stepMs": (stepMs) => findPeriods(values, { stepMs }),
  "fitHoltWinters period": (period) => fitHoltWinters(values, { trend, seasonal: "additive", period }),
  "fitHoltWinters smoothing": (level) => fitHoltWinters(values, { trend, smoothing: { level } }),
  "fitEts period": (period) => fitEts(values, { seasonal: "additive", period }),
  "fitEts smoothing": (level) => fitEts(values, { smoothing: { level } }),
  "autoEts period": (period) => autoEts(values, { period }),
  "naive horizon": (horizon) => naive(values, { horizon }),
  "naive confidence": (confidence) => naive(values, { confidence }),
  "drift horizon": (horizon) => drift(values, { horizon }),
  "seasonalNaive period": (period) => seasonalNaive(values, { period }),
  "theta period": (period) => theta(values, { period }),
  "forecast horizon": (horizon) => forecast(values, { horizon }),
  "forecast periods": (period) => forecast(values, { periods: [period] }),
  "forecast confidence": (confidence) => forecast(values, { confidence }),
  "forecast stepMs": (stepMs) => forecast(values, { stepMs }),
  "chooseForecaster horizon": (horizon) => chooseForecaster(values, { horizon }),
  "chooseForecaster periods": (period) => chooseForecaster(values, { periods: [period] }),
  "chooseForecaster stepMs": (stepMs) => chooseForecaster(values, { stepMs }),
  "Forecaster.forecast horizon": (horizon) => forecaster.forecast(horizon),
  "Forecaster.forecast confidence": (confidence) => forecaster.forecast(2, { confidence }),
  "Forecast.simulate paths": (paths) => given.simulate({ paths }),
  "Forecast.simulate seed": (seed) => given.simulate({ seed }),
  "backtest horizon": (horizon) => backtest(values, { fit, horizon }),
  "backtest folds": (folds) => backtest(values, { fit, folds }),
  "backtest period": (period) => backtest(values, { fit, period }),
  "meanAbsoluteScaledError period": (period) =>
    meanAbsoluteScaledError(values, values, { training: values, period }),
  "pinballLoss quantile": (quantile) => pinballLoss(values, values, { quantile }),
  "winklerScore confidence": (confidence) => winklerScore(values, interval, { confidence }),
  "regularize stepMs": (stepMs) => regularize(samples, { stepMs }),
  "regularize fromMs": (fromMs) => regularize(samples, { fromMs }),
  "regularize toMs": (toMs) => regularize(samples, { toMs }),
  "findViolations stepMs": (stepMs) => findViolations({ ...series, stepMs }, { max: 11 }),
  "findViolations min": (min) => findViolations(series, { min }),
  "findViolations toleranceMs": (toleranceMs) => findViolations(series, { max: 11, toleranceMs }),
  "errorBudget target": (target) => errorBudget(violations, { target }),
  "errorBudget windowMs": (windowMs) => errorBudget(violations, { target: 0.9, windowMs }),
  "breachProbability max": (max) => breachProbability(given, { max }),
  "breachProbability horizon": (horizon) => breachProbability(given, { max: 11, horizon }),
  "breachProbability seed": (seed) => breachProbability(given, { max: 11, seed }),
  "breachProbability paths": (paths) => breachProbability(given, { max: 11, paths }),
};

/** Each would be 7, 1 or 0.5 if it were reckoned with. */
const pretenders: readonly unknown[] = ["7", true, 7n, [7], { valueOf: () => 0.5 }, NaN, Symbol("7")];

for (const [name, call] of Object.entries(calls)) {
  Deno.test(`${name} takes nothing but a number`, () => {
    for (const found of pretenders) {
      throws(
        () => call(found as never),
        (error: Error) => {
          ok(error instanceof TypeError || error instanceof RangeError, `${typeof found}: ${error.stack}`);
          ok(/^Cannot .+ as .+: found /.test(error.message), `${typeof found}: ${error.message}`);
          return true;
        },
        `${name} took ${typeof found}`,
      );
    }
  });
}

Deno.test("breachProbability() throws on what is neither a forecast nor a model", () => {
  for (const source of [undefined, null, 5, {}, [], { forecast: 3 }, { simulate: 3 }, { mean: [] }]) {
    throws(() => breachProbability(source as never, { max: 1 }), {
      name: "TypeError",
      message:
        /^Cannot estimate a breach probability as the source must be a forecast or a model: found \w+$/,
    });
  }
});

Deno.test("chooseForecaster() sums up the backtest of the largest doubles in finite numbers", () => {
  const huge = Float64Array.from(
    { length: 60 },
    (_, t) => t % 2 === 0 ? Number.MAX_VALUE : -Number.MAX_VALUE,
  );
  const { backtest: summary } = chooseForecaster(huge, { periods: [] }).explanation;
  for (const [name, figure] of Object.entries(summary!)) ok(Number.isFinite(figure), `${name} is ${figure}`);
});
