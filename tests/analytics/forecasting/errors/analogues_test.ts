import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { Analogues, LAGS } from "../../../../analytics/forecasting/errors/_analogues.ts";

const all = (): boolean => true;

/** A cycle of 20 values of which no two are the same, ten times over. */
const cycles = Float64Array.from({ length: 200 }, (_, t) => (t % 20) ** 2);

Deno.test("weigh() finds the stretches after the same values", () => {
  const analogues = new Analogues(cycles, 5);
  const alike = analogues.weigh(analogues.before(200), all)!;
  ok(Math.abs(alike.weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-12);
  for (const stretch of alike.stretches) {
    strictEqual(analogues.starts[stretch] % 20, 0);
    deepStrictEqual([0, 1, 2, 3, 4].map((k) => analogues.filled[analogues.starts[stretch] + k]), [
      0,
      1,
      4,
      9,
      16,
    ]);
  }
});

Deno.test("weigh() compares ranks, so that no unit matters", () => {
  const plain = new Analogues(cycles, 5);
  const bent = new Analogues(cycles.map((value) => Math.exp(value / 40)), 5);
  const newest = plain.before(107);
  deepStrictEqual(plain.weigh(newest, all), bent.weigh(newest.map((value) => Math.exp(value / 40)), all));
});

Deno.test("weigh() takes the allowed ones alone, and says where there is none", () => {
  const analogues = new Analogues(cycles, 5);
  const alike = analogues.weigh(analogues.before(200), (start) => start < 50)!;
  deepStrictEqual(alike.stretches.map((stretch) => analogues.starts[stretch]), [20, 40]);
  strictEqual(analogues.weigh(analogues.before(200), () => false), null);
  strictEqual(new Analogues(cycles.slice(0, LAGS + 4), 5).weigh(analogues.before(200), all), null);
});

Deno.test("Analogues carry values over gaps", () => {
  const analogues = new Analogues(cycles.map((value, t) => t % 20 === 3 || t < 2 ? NaN : value), 5);
  deepStrictEqual([...analogues.before(25)].slice(0, 4), [16, 4, 4, 1]);
  ok(analogues.starts.every((start) => start >= 2 + LAGS));
});
