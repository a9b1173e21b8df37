import { ok, strictEqual, throws } from "node:assert/strict";
import { kpssTest } from "@pronoia/analytics";
import { close } from "./_close.ts";
import { goldenSeries, rGoldens, statisticsGoldens } from "./goldens/statistics.ts";

Deno.test("kpssTest() without lags as worked by hand", () => {
  // Deviations of 1 2 4 5 from 3: -2 -1 1 2; running sums -2 -3 -2 0, squares 17; variance 10 / 4.
  const { statistic, pValue, pValueBound, usedLag } = kpssTest([1, 2, 4, 5], { lags: 0 });
  ok(Math.abs(statistic - 17 / 16 / 2.5) < 1e-15);
  ok(Math.abs(pValue - (0.1 - 0.05 * (0.425 - 0.347) / (0.463 - 0.347))) < 1e-15);
  strictEqual(pValueBound, "exact");
  strictEqual(usedLag, 0);
});

Deno.test("kpssTest() weighs one autocovariance by a half as worked by hand", () => {
  // Products one apart: 2 - 1 + 2 = 3; long-run variance (10 + 2 · 3 / 2) / 4.
  ok(Math.abs(kpssTest([1, 2, 4, 5], { lags: 1 }).statistic - 17 / 16 / 3.25) < 1e-15);
});

Deno.test("kpssTest() says when the p-value lies beyond its table", () => {
  const noise = Array.from({ length: 100 }, (_, t) => Math.sin(t * t));
  const { pValue, pValueBound } = kpssTest(noise);
  strictEqual(pValue, 0.1);
  strictEqual(pValueBound, "above");
  strictEqual(kpssTest(noise.map((value, t) => value + t)).pValueBound, "below");
});

Deno.test("kpssTest() throws on a line when stationarity around a line is tested", () => {
  throws(() => kpssTest([1, 2, 3, 4, 5], { regression: "ct" }), {
    name: "RangeError",
    message: "Cannot test for stationarity as the values must vary around their trend: they lie on it",
  });
});

for (const golden of statisticsGoldens) {
  for (const expected of golden.kpss ?? []) {
    const { regression, lags } = expected;
    Deno.test(`kpssTest() agrees with statsmodels on "${golden.name}", ${regression}, ${lags} lags`, () => {
      const { statistic, pValue, usedLag } = kpssTest(golden.values, { regression, lags });
      strictEqual(usedLag, expected.usedLag);
      close(statistic, expected.statistic, "statistic");
      close(pValue, expected.pValue, "pValue");
    });
  }
}

for (const golden of rGoldens) {
  Deno.test(`kpssTest() agrees with R's tseries on "${golden.name}"`, () => {
    const values = goldenSeries(golden.name);
    const { lags, level, trend } = golden.kpss;
    close(kpssTest(values, { lags }).statistic, level[0], "level");
    close(kpssTest(values, { lags, regression: "ct" }).statistic, trend[0], "trend");
  });
}

Deno.test("kpssTest() has the published values", () => {
  // R's tseries for three lags, and the bandwidths of Hobijn, Franses & Ooms, as held in the tests of statsmodels.
  const gdp = goldenSeries("realgdp");
  ok(Math.abs(kpssTest(gdp, { lags: 3 }).statistic - 5.0169) < 1e-4);
  ok(Math.abs(kpssTest(gdp, { lags: 3, regression: "ct" }).statistic - 1.1828) < 1e-4);
  strictEqual(kpssTest(gdp).usedLag, 9);
  strictEqual(kpssTest(goldenSeries("sunspots")).usedLag, 7);
  strictEqual(kpssTest(goldenSeries("nile")).usedLag, 5);
});
