import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { poolAscending } from "../../../analytics/forecasting/errors/_pool_ascending.ts";
import { studentQuantile } from "../../../analytics/forecasting/errors/_student_quantile.ts";
import { weightedQuantile } from "../../../analytics/forecasting/errors/_weighted_quantile.ts";
import { findLattice, roundToLattice } from "../../../analytics/forecasting/limits/_lattice.ts";

Deno.test("weightedQuantile() is where the running weight reaches the share", () => {
  const quantile = (share: number) =>
    weightedQuantile(Float64Array.of(30, 10, 20, 40), Float64Array.of(1, 1, 1, 1), share);
  deepStrictEqual([0.1, 0.25, 0.26, 0.5, 0.75, 0.99, 1].map(quantile), [10, 10, 20, 20, 30, 40, 40]);
});

Deno.test("weightedQuantile() agrees with sorting", () => {
  const entry = fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 1, max: 9 }));
  fc.assert(
    fc.property(
      fc.array(entry, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 0, max: 100 }),
      (entries, percent) => {
        const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
        let running = 0;
        const sorted = [...entries].sort(([a], [b]) => a - b);
        const expected = sorted.find(([, weight]) => (running += weight) >= percent / 100 * total)![0];
        const found = weightedQuantile(
          Float64Array.from(entries, ([value]) => value),
          Float64Array.from(entries, ([, weight]) => weight),
          percent / 100,
        );
        strictEqual(found, expected);
      },
    ),
    { seed: 3, numRuns: 500 },
  );
});

Deno.test("poolAscending() replaces what falls by means", () => {
  deepStrictEqual([...poolAscending(Float64Array.of(1, 3, 2, 4, 3, 2))], [1, 2.5, 2.5, 3, 3, 3]);
  deepStrictEqual([...poolAscending(Float64Array.of(3, 2, 1))], [2, 2, 2]);
});

Deno.test("findLattice() finds whole numbers, tenths and even numbers, and nothing in between", () => {
  deepStrictEqual(findLattice([3, 5, NaN, 6]), { origin: 3, step: 1, scale: 1 });
  deepStrictEqual(findLattice([10, 14, 20]), { origin: 10, step: 2, scale: 1 });
  deepStrictEqual(findLattice([0.1, 0.2, 0.7]), { origin: 1, step: 1, scale: 10 });
  deepStrictEqual(findLattice([Math.PI, Math.E, 1]), { origin: 0, step: 0, scale: 1 });
});

Deno.test("findLattice() finds what is counted over equal times, whatever they are", () => {
  const counts = [5, 2, 0, 7, 3, 12, 5];
  for (const seconds of [7, 15, 30, 60, 3_600]) {
    const rates = counts.map((count) => count / seconds);
    const lattice = findLattice(rates);
    deepStrictEqual(lattice, { origin: 5, step: 1, scale: seconds });
    for (const rate of rates) strictEqual(roundToLattice(rate + 0.4 / seconds, lattice), rate);
  }
  deepStrictEqual(findLattice([1 / 3_601, 2 / 3_601]).step, 0);
  deepStrictEqual(findLattice([1 / 59, 1 / 61, 1 / 67]).step, 0);
});

Deno.test("roundToLattice() gives the very double a decimal is read as", () => {
  const lattice = findLattice([0.132, 0.134, 0.066]);
  strictEqual(roundToLattice(0.1335, lattice), 0.134);
  strictEqual(roundToLattice(0.2961, lattice), 0.296);
});

Deno.test("studentQuantile() agrees with tables at 97.5 %", () => {
  const table: [number, number, number][] = [
    [1, 12.7062047, 1e-7],
    [2, 4.3026527, 1e-7],
    [3, 3.1824463, 0.02],
    [4, 2.7764451, 1e-7],
    [5, 2.5705818, 2e-3],
    [10, 2.2281389, 1e-4],
    [19, 2.0930241, 1e-5],
  ];
  for (const [freedom, expected, tolerance] of table) {
    ok(Math.abs(studentQuantile(0.975, freedom) - expected) < tolerance * expected, `${freedom}`);
    ok(Math.abs(studentQuantile(0.025, freedom) + expected) < tolerance * expected, `${freedom}`);
  }
});
