import { ok, throws } from "node:assert/strict";
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
  meanAbsoluteError,
  meanAbsoluteScaledError,
  pacf,
  pinballLoss,
  regularize,
  rootMeanSquaredError,
  summarize,
  symmetricMape,
  winklerScore,
} from "@pronoia/analytics";

/**
 * Every export over every unpleasant series: the answer is a documented result without NaN or Infinity in it, or a
 * RangeError or TypeError in the one wording.
 */
type Call = (values: number[]) => unknown;

const timesMs = (values: number[]) => values.map((_, t) => t * 1000);
const calls: Readonly<Record<string, Call>> = {
  acf: (values) => acf(values),
  "acf adjusted": (values) => acf(values, { adjusted: true }),
  pacf: (values) => pacf(values),
  ljungBox: (values) => ljungBox(values),
  adfTest: (values) => adfTest(values),
  "adfTest n": (values) => adfTest(values, { regression: "n" }),
  "adfTest ctt": (values) => adfTest(values, { regression: "ctt", lagSelection: "t-stat" }),
  kpssTest: (values) => kpssTest(values),
  "kpssTest ct": (values) => kpssTest(values, { regression: "ct" }),
  judgeStationarity: (values) => judgeStationarity(values),
  judgeAutocorrelation: (values) => judgeAutocorrelation(values),
  summarize: (values) => summarize(values),
  meanAbsoluteError: (values) => meanAbsoluteError(values, values.map(() => 1)),
  rootMeanSquaredError: (values) => rootMeanSquaredError(values, values.map(() => 1)),
  symmetricMape: (values) => symmetricMape(values, values.map(() => 1)),
  meanAbsoluteScaledError: (values) => meanAbsoluteScaledError([1], [2], { training: values }),
  pinballLoss: (values) => pinballLoss(values, values.map(() => 1), { quantile: 0.9 }),
  intervalCoverage: (values) => intervalCoverage(values, { lower: values, upper: values }),
  winklerScore: (values) => winklerScore(values, { lower: values, upper: values.map((value) => value + 1) }),
  findViolations: (values) => findViolations({ startMs: 0, stepMs: 1000, values }, { min: 0, max: 1 }),
  errorBudget: (values) =>
    errorBudget(findViolations({ startMs: 0, stepMs: 1, values }, { max: 1 }), { target: 0.9 }),
};
/** Their results hold NaN where a value is missing, which is the documented mark of it. */
const gapKeeping: Readonly<Record<string, Call>> = {
  counterRate: (values) => counterRate({ timesMs: timesMs(values), values }),
  difference: (values) => difference(values),
  fillGaps: (values) => fillGaps(values, { maxGap: 1 }),
  regularize: (values) => regularize({ timesMs: timesMs(values), values }),
};

const series: Readonly<Record<string, number[]>> = {
  "no value": [],
  "one value": [3],
  "two values": [3, 4],
  "three values": [3, 4, 1],
  "a constant": Array(30).fill(5),
  "a constant that rounds": Array(30).fill(0.1),
  "only missing values": Array(30).fill(NaN),
  "one observed value": [NaN, NaN, 2, NaN],
  "every other value missing": Array.from({ length: 60 }, (_, t) => t % 2 === 0 ? NaN : Math.sin(t * t)),
  "constant but for gaps": [1, NaN, 1, 1, NaN, 1],
  "Infinity": [1, 2, Infinity, 4, 5, 6, 7, 8, 9, 10],
  "-Infinity": [1, 2, -Infinity, 4, 5, 6, 7, 8, 9, 10],
  "values near 1e308": Array.from({ length: 40 }, (_, t) => 1e308 * Math.sin(t * t)),
  "the largest doubles": [1.7976931348623157e308, -1.7976931348623157e308, 1e308, -1e308, 1, 2, 3, 4, 5, 6],
  "subnormal values": Array.from({ length: 40 }, (_, t) => 5e-324 * (t % 5)),
  "values near 1e-300": Array.from({ length: 40 }, (_, t) => 1e-300 * Math.sin(t * t)),
  "a counter near 1e15": Array.from({ length: 40 }, (_, t) => 1e15 + t * 3 + t % 2),
  "a line": Array.from({ length: 40 }, (_, t) => 0.1 * t),
  "a parabola": Array.from({ length: 40 }, (_, t) => 0.1 * t * t),
  "a sine": Array.from({ length: 80 }, (_, t) => Math.sin(t / 3)),
  "a step": Array.from({ length: 40 }, (_, t) => t < 20 ? 0 : 1),
  "a step at the last value": Array.from({ length: 40 }, (_, t) => t < 39 ? 0 : 1),
  "one spike": Array.from({ length: 40 }, (_, t) => t === 7 ? 1 : 0),
  "alternating values": Array.from({ length: 40 }, (_, t) => t % 2),
  "minus zero": Array.from({ length: 10 }, (_, t) => t % 2 === 0 ? -0 : 0),
  "doubling values": Array.from({ length: 60 }, (_, t) => 2 ** t),
};

for (const [name, call] of Object.entries(calls)) {
  for (const [kind, values] of Object.entries(series)) {
    Deno.test(`${name}() answers or refuses ${kind}`, () => answersOrRefuses(() => call(values), true));
  }
}
for (const [name, call] of Object.entries(gapKeeping)) {
  for (const [kind, values] of Object.entries(series)) {
    Deno.test(`${name}() answers or refuses ${kind}`, () => answersOrRefuses(() => call(values), false));
  }
}

for (const [name, call] of Object.entries({ ...calls, ...gapKeeping })) {
  Deno.test(`${name}() refuses infinite values`, () => {
    throws(() => call([1, 2, 1, Infinity, 3, 1, 2, 5, 1, 3]), { name: "RangeError", message: /finite/ });
  });
  Deno.test(`${name}() refuses what is no series of numbers`, () => {
    for (
      const wrong of [["1", "2", "3"], [1, null, 3], [1, undefined, 3, 4], [1, 2n, 3], { length: -1 }, {
        length: 1.5,
      }]
    ) {
      throws(() => call(wrong as unknown as number[]), TypeError);
    }
  });
  Deno.test(`${name}() gives the same bits twice and leaves its input alone`, () => {
    const values = Array.from({ length: 50 }, (_, t) => 2 + Math.sin(t * t));
    const before = JSON.stringify(values);
    ok(JSON.stringify(call(values)) === JSON.stringify(call(values)));
    ok(JSON.stringify(values) === before);
  });
}

const values = Array.from({ length: 50 }, (_, t) => 2 + Math.sin(t * t));
const samples = { timesMs: timesMs(values), values };
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
      refuses(() => call(wrong as never));
    });
  }
}

function describe(wrong: unknown): string {
  return JSON.stringify(wrong, (_, value) => {
    if (Array.isArray(value)) return `${value.length} values`;
    return typeof value === "number" ? String(value) : value;
  }) ?? "undefined";
}

function refuses(call: () => unknown): void {
  throws(call, (error: unknown) => isRefusal(error));
}

function answersOrRefuses(call: () => unknown, finite: boolean): void {
  let result: unknown;
  try {
    result = call();
  } catch (error) {
    ok(isRefusal(error), String(error));
    return;
  }
  if (finite) requireFiniteNumbers(result, "the result");
}

function isRefusal(error: unknown): boolean {
  return (error instanceof RangeError || error instanceof TypeError) &&
    /^Cannot [a-z A-Z]+ as .+/.test(error.message);
}

function requireFiniteNumbers(value: unknown, path: string): void {
  if (typeof value === "number") ok(Number.isFinite(value), `${path} is ${value}`);
  else if (ArrayBuffer.isView(value)) {
    requireFiniteNumbers([...(value as Float64Array)], path);
  } else if (value !== null && typeof value === "object") {
    for (const [key, inner] of Object.entries(value)) requireFiniteNumbers(inner, `${path}.${key}`);
  }
}
