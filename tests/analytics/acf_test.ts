import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { acf } from "@pronoia/analytics";
import { allClose } from "./_close.ts";
import { goldenSeries, rGoldens, statisticsGoldens } from "./goldens/statistics.ts";

Deno.test("acf() of 1 … 4 as worked by hand", () => {
  // Deviations -1.5 -0.5 0.5 1.5, squares 5; lag 1: 0.75 - 0.25 + 0.75; lag 2: -0.75 - 0.75; lag 3: -2.25.
  const { values, observations } = acf([1, 2, 3, 4]);
  deepStrictEqual([...values], [1, 0.25, -0.3, -0.45]);
  strictEqual(observations, 4);
});

Deno.test("acf() adjusted divides by the number of pairs", () => {
  const { values } = acf([1, 2, 3, 4], { adjusted: true });
  deepStrictEqual([...values].map((value) => Math.round(value * 1e12) / 1e12), [
    1,
    0.333333333333,
    -0.6,
    -1.8,
  ]);
});

Deno.test("acf() bounds are Bartlett's and surround the estimate", () => {
  const { values, lower, upper } = acf([1, 2, 3, 4], { maxLag: 2 });
  strictEqual(lower[0], 1);
  strictEqual(upper[0], 1);
  ok(Math.abs(upper[1] - values[1] - 1.959963984540054 * Math.sqrt(1 / 4)) < 1e-14);
  ok(Math.abs(values[2] - lower[2] - 1.959963984540054 * Math.sqrt((1 + 2 * 0.25 ** 2) / 4)) < 1e-14);
});

Deno.test("acf() skips missing values conservatively", () => {
  // Mean of 1, 3, 5 is 3; deviations -2, 0 (missing), 0, 2: sums of products 8, 0, 0, -4.
  const { values, observations } = acf([1, NaN, 3, 5]);
  deepStrictEqual([...values], [1, 0, 0, -0.5]);
  strictEqual(observations, 3);
  strictEqual(acf([1, NaN, 3, 5], { adjusted: true }).values[3], -1.5);
  strictEqual(acf([1, NaN, NaN, 5, NaN], { adjusted: true }).values[4], 0);
});

Deno.test("acf() gives the same by sums and by spectrum", () => {
  const values = Float64Array.from({ length: 1000 }, (_, t) => Math.sin(t / 7) + Math.cos(t * t));
  const few = acf(values, { maxLag: 5 }).values;
  const many = acf(values).values;
  few.forEach((value, lag) => ok(Math.abs(value - many[lag]) < 1e-14));
});

Deno.test("acf() throws on a constant series", () => {
  throws(() => acf([NaN, 5, 5, 5]), {
    name: "RangeError",
    message: "Cannot estimate acf as the values must vary: every observation is 5",
  });
});

for (const golden of statisticsGoldens) {
  Deno.test(`acf() agrees with statsmodels on "${golden.name}"`, () => {
    const { values, lower, upper } = acf(golden.values, { maxLag: 40 });
    allClose(values, golden.acf.values, "values");
    allClose(lower, golden.acf.lower, "lower");
    allClose(upper, golden.acf.upper, "upper");
    allClose(acf(golden.values, { maxLag: 40, adjusted: true }).values, golden.adjustedAcf, "adjusted");
  });
}

for (const golden of rGoldens) {
  Deno.test(`acf() agrees with R on "${golden.name}"`, () => {
    allClose(acf(goldenSeries(golden.name), { maxLag: 25 }).values, golden.acf, "values");
  });
}
