import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { judgeStationarity } from "@pronoia/analytics";
import { createGenerator } from "../../analytics/random/_generator.ts";

const { normal } = createGenerator(7);
const noise = Array.from({ length: 600 }, () => normal());
const autoregression = noise.reduce<number[]>((x, e) => [...x, 0.7 * (x.at(-1) ?? 0) + e], []);
const walk = noise.reduce<number[]>((x, e) => [...x, (x.at(-1) ?? 0) + e], []);

Deno.test("judgeStationarity() tells level, line, and random walk apart", () => {
  strictEqual(judgeStationarity(autoregression).verdict, "stationary");
  const sloped = judgeStationarity(autoregression.map((value, t) => value + 0.1 * t));
  strictEqual(sloped.verdict, "trend-stationary");
  strictEqual(sloped.regression, "ct");
  const wandering = judgeStationarity(walk);
  strictEqual(wandering.verdict, "unit-root");
  ok(
    /^Unit-root: the unit root is not rejected \(ADF p = 0\.\d+\), stationarity around a level is rejected \(KPSS p < 0\.010\)\.$/
      .test(wandering.explanation),
  );
});

Deno.test("judgeStationarity() names constant series, and lines without error", () => {
  deepStrictEqual(judgeStationarity([5, NaN, 5, 5]), {
    verdict: "constant",
    adf: null,
    kpss: null,
    regression: "c",
    fromIndex: 2,
    toIndex: 4,
    explanation: "Constant: all values are equal. Judged is the longest stretch without a gap: 2 of 4 steps.",
  });
  strictEqual(judgeStationarity(Array.from({ length: 50 }, (_, t) => 0.1 * t)).verdict, "trend-stationary");
});

Deno.test("judgeStationarity() takes a sine without error for stationary", () => {
  const { verdict, adf } = judgeStationarity(Array.from({ length: 600 }, (_, t) => Math.sin(t / 5)));
  strictEqual(verdict, "stationary");
  strictEqual(adf, null);
});

Deno.test("judgeStationarity() judges the longest run without a gap", () => {
  const gapped = [NaN, 1, 2, NaN, ...autoregression, NaN];
  const { verdict, fromIndex, toIndex } = judgeStationarity(gapped);
  strictEqual(verdict, "stationary");
  deepStrictEqual([fromIndex, toIndex], [4, 604]);
  strictEqual(judgeStationarity([1, 2, NaN, 3, 4]).verdict, "inconclusive");
  strictEqual(judgeStationarity([NaN, NaN]).verdict, "inconclusive");
});

Deno.test("judgeStationarity() does not call constant what is another level behind a gap", () => {
  const levels = [5, 7, 4].flatMap((level, k) => [...new Array<number>(30 + k).fill(level), NaN]);
  const { verdict, explanation } = judgeStationarity(levels);
  strictEqual(verdict, "inconclusive");
  strictEqual(
    explanation,
    "Inconclusive: the values that are judged are equal, others are not. " +
      "Judged is the longest stretch without a gap: 32 of 96 steps.",
  );
});

Deno.test("judgeStationarity() refuses a significance its table does not reach", () => {
  throws(() => judgeStationarity(noise, { significance: 0.001 }), {
    name: "RangeError",
    message:
      'Cannot judge stationarity as "significance" must be between 0.01 and 0.1, where the KPSS table ends: ' +
      "found 0.001",
  });
});

Deno.test("judgeStationarity() does not call one value constant", () => {
  for (const values of [[3], [NaN, 3, NaN]]) {
    const { verdict, explanation } = judgeStationarity(values);
    strictEqual(verdict, "inconclusive");
    ok(explanation.startsWith("Inconclusive: 20 consecutive values are needed, 1 found."));
  }
});
