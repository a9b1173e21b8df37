import { ok, strictEqual } from "node:assert/strict";
import { fisherScore, fisherSurvival } from "../../../analytics/distributions/_fisher_survival.ts";

Deno.test("fisherSurvival() has its closed form for two degrees of freedom in the numerator", () => {
  for (const half of [1, 2.5, 10, 400]) {
    for (const statistic of [0.01, 0.5, 1, 3, 20, 1e4]) {
      const expected = (1 + statistic / half) ** -half;
      const found = fisherSurvival(statistic, 2, 2 * half);
      ok(expected < 1e-290 ? found < 1e-290 : Math.abs(found / expected - 1) < 1e-10, `${half} ${statistic}`);
    }
  }
});

Deno.test("fisherSurvival() agrees with published 5 % points", () => {
  // Any table of F, such as NIST/SEMATECH e-Handbook 1.3.6.7.3.
  for (
    const [numerator, denominator, point] of [[1, 10, 4.965], [5, 20, 2.711], [10, 30, 2.165], [
      20,
      60,
      1.748,
    ]]
  ) {
    ok(Math.abs(fisherSurvival(point, numerator, denominator) - 0.05) < 2e-4);
  }
});

Deno.test("fisherSurvival() of a ratio and of its inverse add up to 1", () => {
  for (
    const [statistic, numerator, denominator] of [[1.3, 7, 12], [0.2, 300, 2], [2, 1440, 8640], [1, 50, 50]]
  ) {
    const sum = fisherSurvival(statistic, numerator, denominator) +
      fisherSurvival(1 / statistic, denominator, numerator);
    ok(Math.abs(sum - 1) < 1e-10);
  }
});

Deno.test("fisherSurvival() is 1 at nothing and stays a probability far out", () => {
  strictEqual(fisherSurvival(0, 3, 4), 1);
  strictEqual(fisherSurvival(-1, 3, 4), 1);
  for (const statistic of [1e-12, 1e12, 1e300]) {
    const p = fisherSurvival(statistic, 500, 1500);
    ok(p >= 0 && p <= 1);
  }
});

Deno.test("fisherScore() ranks as the probabilities do", () => {
  ok(Math.abs(fisherScore(2.711, 5, 20) - 1.645) < 0.02);
  ok(fisherScore(1.2, 100, 1000) > fisherScore(1.2, 10, 1000));
});
