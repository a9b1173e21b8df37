import { autoEts, fitEts, fitHoltWinters } from "@pronoia/analytics";
import { metricLike } from "./versus_statsmodels/series.ts";

/** Positive, for relative errors too. */
const series = (n: number, period: number) => metricLike(n, period).map((value) => value + 200);

for (const n of [250, 1000, 10_080]) {
  const values = series(n, 24);
  Deno.bench({
    name: `fitHoltWinters() simple, n = ${n}`,
    group: "simple",
    fn: () => void fitHoltWinters(values),
  });
  Deno.bench({
    name: `fitHoltWinters() trend, n = ${n}`,
    group: "trend",
    fn: () => void fitHoltWinters(values, { trend: "additive" }),
  });
  Deno.bench({
    name: `fitHoltWinters() damped trend, n = ${n}`,
    group: "damped",
    fn: () => void fitHoltWinters(values, { trend: "additive", damped: true }),
  });
}

for (const [n, period] of [[1000, 24], [1440, 60], [2016, 288], [10_080, 1440], [30_240, 10_080]]) {
  const values = series(n, period);
  Deno.bench({
    name: `fitHoltWinters() trend and season, n = ${n}, period = ${period}`,
    group: "season",
    fn: () => void fitHoltWinters(values, { trend: "additive", seasonal: "additive", period }),
  });
}

for (const [n, period] of [[240, 12], [1000, 24], [2016, 288]]) {
  const values = series(n, period);
  Deno.bench({
    name: `fitEts() relative errors and season, n = ${n}, period = ${period}`,
    group: "relative",
    fn: () => void fitEts(values, { error: "multiplicative", seasonal: "multiplicative", period }),
  });
  Deno.bench({
    name: `autoEts(), n = ${n}, period = ${period}`,
    group: "auto",
    fn: () => void autoEts(values, { period }),
  });
}

for (const period of [24, 1440]) {
  const values = series(4 * period, period);
  const model = fitHoltWinters(values, { trend: "additive", seasonal: "additive", period });
  const forecast = model.forecast(60);
  const one = [200];
  Deno.bench({
    name: `update() by one, period = ${period}`,
    group: "update",
    fn: () => void model.update(one),
  });
  Deno.bench({ name: `update() by ${values.length}`, group: "update", fn: () => void model.update(values) });
  Deno.bench({
    name: `forecast(60), period = ${period}`,
    group: "forecast",
    fn: () => void model.forecast(60),
  });
  Deno.bench({
    name: `simulate() 1,000 paths of 60, period = ${period}`,
    group: "simulate",
    fn: () => void forecast.simulate(),
  });
}
