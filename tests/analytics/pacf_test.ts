import { ok, strictEqual } from "node:assert/strict";
import { pacf } from "@pronoia/analytics";
import { allClose } from "./_close.ts";
import { goldenSeries, rGoldens, statisticsGoldens } from "./goldens/statistics.ts";

Deno.test("pacf() of an autoregression cuts off after its order", () => {
  let value = 0;
  const values = Array.from({ length: 5000 }, (_, t) => value = 0.6 * value + Math.sin(t * t));
  const { values: partial, lower, upper } = pacf(values, { maxLag: 3 });
  strictEqual(partial[0], 1);
  ok(Math.abs(partial[1] - 0.6) < 0.05);
  ok(Math.abs(partial[2]) < 0.05);
  ok(Math.abs(upper[3] - lower[3] - 2 * 1.959963984540054 / Math.sqrt(5000)) < 1e-12);
});

for (const golden of statisticsGoldens) {
  if (golden.pacf === undefined) continue;
  Deno.test(`pacf() agrees with statsmodels on "${golden.name}"`, () => {
    const { values, lower } = pacf(golden.values, { maxLag: 20, confidence: 0.9 });
    allClose(values, golden.pacf!.values, "values");
    allClose(lower, golden.pacf!.lower, "lower");
  });
}

for (const golden of rGoldens) {
  Deno.test(`pacf() agrees with R on "${golden.name}"`, () => {
    allClose(pacf(goldenSeries(golden.name), { maxLag: 25 }).values.slice(1), golden.pacf, "values");
  });
}
