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
import { isRefusal } from "./_is_refusal.ts";

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

function requireFiniteNumbers(value: unknown, path: string): void {
  if (typeof value === "number") ok(Number.isFinite(value), `${path} is ${value}`);
  else if (ArrayBuffer.isView(value)) {
    requireFiniteNumbers([...(value as Float64Array)], path);
  } else if (value !== null && typeof value === "object") {
    for (const [key, inner] of Object.entries(value)) requireFiniteNumbers(inner, `${path}.${key}`);
  }
}
