import { ok, strictEqual } from "node:assert/strict";
import { ljungBox } from "@pronoia/analytics";
import { allClose, close } from "./_close.ts";
import { goldenSeries, rGoldens, statisticsGoldens } from "./goldens/statistics.ts";

Deno.test("ljungBox() of 1 … 4 as worked by hand", () => {
  // Autocorrelations 0.25 and -0.3: 4 · 6 · (0.25² / 3 + 0.3² / 2).
  const { statistic, pValue } = ljungBox([1, 2, 3, 4], { lags: 2 });
  ok(Math.abs(statistic[0] - 0.5) < 1e-14);
  ok(Math.abs(statistic[1] - 1.58) < 1e-14);
  ok(Math.abs(pValue[1] - Math.exp(-0.79)) < 1e-14);
});

Deno.test("ljungBox() has p-value 1 where the model took all degrees of freedom", () => {
  const { pValue } = ljungBox([3, 1, 4, 1, 5, 9, 2, 6], { lags: 3, modelParameters: 2 });
  strictEqual(pValue[0], 1);
  strictEqual(pValue[1], 1);
  ok(pValue[2] < 1);
});

Deno.test("ljungBox() counts observed pairs where values are missing", () => {
  // Deviations -2 . 0 2 of 3 observations: only lag 3 has a product, -4, and one pair: 3 · 5 · (-4 / 8)² / 1.
  const { statistic } = ljungBox([1, NaN, 3, 5], { lags: 3 });
  ok(Math.abs(statistic[2] - 3.75) < 1e-14);
});

for (const golden of statisticsGoldens) {
  if (golden.ljungBox === undefined) continue;
  Deno.test(`ljungBox() agrees with statsmodels on "${golden.name}"`, () => {
    const { statistic, pValue } = ljungBox(golden.values, { lags: 20, modelParameters: 2 });
    allClose(statistic, golden.ljungBox!.statistic, "statistic");
    // Where the model leaves no degree of freedom, statsmodels has NaN.
    allClose(pValue, golden.ljungBox!.pValue.map((value) => value ?? 1), "pValue", 1e-300);
  });
}

for (const golden of rGoldens) {
  Deno.test(`ljungBox() agrees with R on "${golden.name}"`, () => {
    const { statistic, pValue } = ljungBox(goldenSeries(golden.name), { lags: 12, modelParameters: 1 });
    close(statistic[11], golden.ljungBox[0], "statistic");
    close(pValue[11], golden.ljungBox[1], "pValue");
  });
}
