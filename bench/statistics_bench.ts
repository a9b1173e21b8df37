import {
  acf,
  adfTest,
  judgeAutocorrelation,
  judgeStationarity,
  kpssTest,
  ljungBox,
  pacf,
  summarize,
} from "@pronoia/analytics";
import { metricLike } from "./versus_statsmodels/series.ts";

/** Four sizes, each tenfold or so, so that the growth shows: an hour, a day and a week of minutes, and two months. */
const sizes = [60, 1440, 10_080, 100_800];
const statistics: Readonly<Record<string, (values: Float64Array) => unknown>> = {
  "acf() all lags": (values) => acf(values),
  "acf() 40 lags": (values) => acf(values, { maxLag: 40 }),
  "pacf()": (values) => pacf(values),
  "ljungBox()": (values) => ljungBox(values),
  "adfTest()": (values) => adfTest(values),
  "adfTest() ctt, bic": (values) => adfTest(values, { regression: "ctt", lagSelection: "bic" }),
  "kpssTest()": (values) => kpssTest(values),
  "judgeStationarity()": (values) => judgeStationarity(values),
  "judgeAutocorrelation()": (values) => judgeAutocorrelation(values),
  "summarize()": (values) => summarize(values),
};

for (const [name, statistic] of Object.entries(statistics)) {
  for (const n of sizes) {
    const values = metricLike(n, 60);
    Deno.bench({
      name: `${name}, n = ${n}`,
      group: name,
      baseline: n === sizes[0],
      fn: () => void statistic(values),
    });
  }
}

for (const n of sizes) {
  const values = metricLike(n, 60).map((value, t) => t % 50 < 3 ? NaN : value);
  Deno.bench({ name: `acf() with gaps, n = ${n}`, group: "acf() with gaps", fn: () => void acf(values) });
}
