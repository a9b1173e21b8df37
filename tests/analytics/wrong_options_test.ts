import { throws } from "node:assert/strict";
import {
  acf,
  adfTest,
  counterRate,
  difference,
  errorBudget,
  fillGaps,
  findViolations,
  intervalCoverage,
  judgeAutocorrelation,
  judgeStationarity,
  kpssTest,
  ljungBox,
  meanAbsoluteScaledError,
  pacf,
  pinballLoss,
  regularize,
  winklerScore,
} from "@pronoia/analytics";
import { isRefusal } from "./_is_refusal.ts";

const values = Array.from({ length: 50 }, (_, t) => 2 + Math.sin(t * t));
const samples = { timesMs: values.map((_, t) => t * 1000), values };
const regular = { startMs: 0, stepMs: 1, values };
const counts = { samples: 2, violating: 1, stepMs: 1 };
/** Calls with a wrong option, whose types are taken away as plain JavaScript has none. */
const wrongOptions: readonly [string, (options: never) => unknown, unknown[]][] = [
  ["acf", (options) => acf(values, options), [
    { maxLag: -1 },
    { maxLag: 1.5 },
    { maxLag: 50 },
    { maxLag: NaN },
    { maxLag: "3" },
    { adjusted: "yes" },
    { confidence: 0 },
    { confidence: 1 },
    { confidence: 95 },
    { confidence: NaN },
    { maxlag: 3 },
    null,
  ]],
  ["pacf", (options) => pacf(values, options), [{ maxLag: -1 }, { maxLag: 50 }, { confidence: 2 }, {
    lags: 3,
  }]],
  ["ljungBox", (options) => ljungBox(values, options), [
    { lags: 0 },
    { lags: 50 },
    { lags: 2.5 },
    { modelParameters: -1 },
    { model: 1 },
  ]],
  ["adfTest", (options) => adfTest(values, options), [
    { regression: "nc" },
    { regression: "C" },
    { lagSelection: "AIC" },
    { lagSelection: null },
    { maxLag: -1 },
    { maxLag: 24 },
    { maxLag: Infinity },
    { autolag: "aic" },
  ]],
  ["kpssTest", (options) => kpssTest(values, options), [
    { regression: "n" },
    { lags: "automatic" },
    { lags: -1 },
    { lags: 50 },
    { lags: NaN },
    { nlags: 3 },
  ]],
  ["judgeStationarity", (options) => judgeStationarity(values, options), [
    { significance: 0 },
    { significance: 0.5 },
    { significance: "5%" },
    { alpha: 0.05 },
  ]],
  ["judgeAutocorrelation", (options) => judgeAutocorrelation(values, options), [
    { significance: 1 },
    { lags: 0 },
    { lags: 50 },
    { lag: 1 },
  ]],
  ["meanAbsoluteScaledError", (options) => meanAbsoluteScaledError(values, values, options), [
    undefined,
    {},
    { training: values, period: 0 },
    { training: values, period: 50 },
    { training: [1] },
    { training: [1, 1, 1] },
    { train: values },
  ]],
  ["pinballLoss", (options) => pinballLoss(values, values, options), [
    undefined,
    {},
    { quantile: 0 },
    { quantile: 1 },
    { q: 0.5 },
  ]],
  ["intervalCoverage", (interval) => intervalCoverage(values, interval), [
    null,
    {},
    { lower: [1], upper: [2] },
    { lower: values, upper: values.map((value) => value - 1) },
  ]],
  ["winklerScore", (options) => winklerScore(values, { lower: values, upper: values }, options), [
    { confidence: 1 },
    { alpha: 0.05 },
  ]],
  ["difference", (options) => difference(values, options), [{ lag: 0 }, { lag: 50 }, { lag: 1.5 }, {
    order: 1,
  }]],
  ["fillGaps", (options) => fillGaps(values, options), [
    undefined,
    {},
    { maxGap: 0 },
    { maxGap: Infinity },
    { maxgap: 1 },
  ]],
  ["counterRate", (wrong) => counterRate(wrong), [
    null,
    {},
    { timesMs: [0, 1], values: [1] },
    { timesMs: [0, NaN], values: [1, 2] },
    { timesMs: [1, 0], values: [1, 2] },
  ]],
  ["regularize", (options) => regularize(samples, options), [
    { stepMs: 0 },
    { stepMs: -1 },
    { stepMs: NaN },
    { stepMs: 1e-9 },
    { fromMs: Infinity },
    { fromMs: 10, toMs: 0 },
    { stepMs: null },
    { fromMs: null },
    { toMs: null },
    { step: 1 },
  ]],
  ["findViolations", (bounds) => findViolations(regular, bounds), [
    undefined,
    {},
    { min: NaN },
    { max: Infinity },
    { min: 2, max: 1 },
    { max: "1" },
    { max: 1, toleranceMs: -1 },
    { maximum: 1 },
  ]],
  ["findViolations of a wrong series", (wrong) => findViolations(wrong, { max: 1 }), [
    null,
    {},
    { startMs: 0, stepMs: 0, values },
    { startMs: NaN, stepMs: 1, values },
    { startMs: 0, stepMs: 1e308, values },
  ]],
  ["errorBudget", (options) => errorBudget(counts, options), [
    undefined,
    {},
    { target: 0 },
    { target: 1.5 },
    { target: "0.99" },
    { target: 0.9, windowMs: 0 },
    { target: 0.9, window: 1 },
    { target: 0.9, windowMs: 5e-324 },
  ]],
  ["errorBudget of wrong counts", (wrong) => errorBudget(wrong, { target: 0.9 }), [
    null,
    {},
    { samples: 1, violating: 2, stepMs: 1 },
    { samples: 1, violating: 0, stepMs: 0 },
    { samples: 1, violating: -1, stepMs: 1 },
  ]],
];

for (const [name, call, wrongs] of wrongOptions) {
  for (const wrong of wrongs) {
    Deno.test(`${name}() refuses ${describe(wrong)}`, () => {
      throws(() => call(wrong as never), isRefusal);
    });
  }
}

function describe(wrong: unknown): string {
  return JSON.stringify(wrong, (_, value) => {
    if (Array.isArray(value)) return `${value.length} values`;
    return typeof value === "number" ? String(value) : value;
  }) ?? "undefined";
}
