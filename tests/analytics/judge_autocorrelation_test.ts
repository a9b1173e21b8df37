import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { judgeAutocorrelation } from "@pronoia/analytics";
import { createGenerator } from "../../analytics/random/_generator.ts";

const { normal } = createGenerator(3);
const noise = Array.from({ length: 500 }, () => normal());

Deno.test("judgeAutocorrelation() tells noise from an autoregression", () => {
  strictEqual(judgeAutocorrelation(noise).autocorrelated, false);
  const remembering = noise.reduce<number[]>((x, e) => [...x, -0.6 * (x.at(-1) ?? 0) + e], []);
  const { autocorrelated, strongestLag, strongestValue } = judgeAutocorrelation(remembering);
  strictEqual(autocorrelated, true);
  strictEqual(strongestLag, 1);
  ok(Math.abs(strongestValue! + 0.6) < 0.1);
});

Deno.test("judgeAutocorrelation() says why nothing can be tested", () => {
  deepStrictEqual(judgeAutocorrelation([4, 4, 4, NaN]), {
    autocorrelated: false,
    ljungBox: null,
    strongestLag: null,
    strongestValue: null,
    explanation: "Nothing can be tested: all values are equal.",
  });
  strictEqual(
    judgeAutocorrelation([NaN, 1]).explanation,
    "Nothing can be tested: only 1 of 2 values are observed.",
  );
  strictEqual(judgeAutocorrelation([]).ljungBox, null);
  const sparse = Array.from({ length: 60 }, (_, t) => t % 20 === 0 ? t * t : NaN);
  strictEqual(
    judgeAutocorrelation(sparse).explanation,
    "Nothing can be tested: no lag up to 10 has a pair of observed values.",
  );
  ok(judgeAutocorrelation(sparse, { lags: 20 }).ljungBox !== null);
});

Deno.test("judgeAutocorrelation() speaks of one lag where there is one", () => {
  ok(judgeAutocorrelation([1, 5, 2, 7, 3]).explanation.includes("the Ljung-Box test over 1 lag has p = "));
  ok(judgeAutocorrelation(noise).explanation.includes("the Ljung-Box test over 10 lags has p = "));
});
