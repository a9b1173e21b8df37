import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { forecast, naive } from "@pronoia/analytics";
import { SeriesForecast } from "../../../../../services/shared/domain/results/forecast.ts";
import { toSeriesForecast } from "../../../../../services/shared/domain/results/series_forecast.ts";

const series = { id: "0123456789abcdef", name: "load", labels: {}, type: "gauge", unit: null } as const;

const context = (observations: number) => ({
  series,
  originMs: 60_000,
  stepMs: 30_000,
  observations,
  lookbackMs: 86_400_000,
});

function forecastOf(values: ArrayLike<number>, { horizon = 20, periods = [12] } = {}): SeriesForecast {
  return toSeriesForecast(forecast(values, { horizon, periods }), context(values.length));
}

Deno.test("toSeriesForecast() is a message's body with ordered summaries", () => {
  const values = Float64Array.from(
    { length: 240 },
    (_, t) => 50 + 10 * Math.sin(t * Math.PI / 6) + (t * 7919) % 13 / 6,
  );
  const body = forecastOf(values);
  deepStrictEqual(SeriesForecast.parse(body), body);
  strictEqual(body.horizonMs, 600_000);
  deepStrictEqual([body.tooFew, body.lacking], [undefined, undefined]);
  const { min, max, mean } = body.summary;
  for (const { value, lower, upper } of [min, max, mean]) ok(lower <= value && value <= upper);
  ok(min.value < mean.value && mean.value < max.value);
  // The least of most paths is below the least expected value: each has noise besides its season.
  ok(min.lower <= Math.min(...body.mean));
});

Deno.test("toSeriesForecast() of a constant is that constant throughout", () => {
  const { summary, explanation } = forecastOf(new Float64Array(100).fill(7));
  const { reason, ...figures } = explanation.backtest;
  deepStrictEqual(figures, { mae: 0, rmse: 0, mase: null, coverage: 1, standardDeviation: 0 });
  ok(reason?.startsWith("mase is not defined"));
  deepStrictEqual(summary.min, { value: 7, lower: 7, upper: 7 });
  deepStrictEqual(summary.max, { value: 7, lower: 7, upper: 7 });
});

Deno.test("toSeriesForecast() says why there is no backtest", () => {
  const { mae, rmse, reason } = forecastOf([1, 2, 3]).explanation.backtest;
  deepStrictEqual([mae, rmse], [null, null]);
  ok(reason?.startsWith("3 observations are too few"));
});

Deno.test("toSeriesForecast() expects no mean that its least and greatest value exclude", () => {
  const values = Float64Array.from({ length: 40 }, (_, t) => 10 + Math.sin(t * t));
  // How far the mean goes and what paths do is learned apart: here the mean climbs and falls, the paths do not.
  const mean = Float64Array.from({ length: 10 }, (_, k) => 10 + 20 * Math.sin(2 * Math.PI * k / 9));
  const { summary } = toSeriesForecast({ ...naive(values, { horizon: 10 }), mean }, context(40));
  for (const { value, lower, upper } of Object.values(summary)) ok(lower <= value && value <= upper);
  strictEqual(summary.min.value, Math.min(...mean));
  strictEqual(summary.max.value, Math.max(...mean));
  ok(Math.abs(summary.mean.value - 10) < 1e-9);
});

Deno.test("toSeriesForecast() tells the mean of a day of rare bursts, not that of the rest between them", () => {
  // A burst in a hundred steps, at no fixed distance, which dies away: the mean is 10 above the rest.
  const values = new Float64Array(2_000).fill(10);
  for (let t = 50; t < 2_000; t += 60 + (t * 7919) % 83) {
    for (let k = 0; t + k < 2_000; k++) values[t + k] += 250 * 0.75 ** k;
  }
  const told = forecast(values, { horizon: 1_000, periods: [] });
  const rest = told.mean.map(() => 10);
  const { summary: { mean } } = toSeriesForecast({ ...told, mean: rest }, context(2_000));
  ok(mean.lower < mean.value && mean.value < mean.upper);
  ok(mean.value > 15 && mean.value < 25, `${mean.value}`);
});

Deno.test("toSeriesForecast() gives no summary that the intervals of the steps exclude", () => {
  const noise = (t: number) => (t * 7919) % 13 - 6;
  for (let seed = 0; seed < 30; seed++) {
    const values = Float64Array.from(
      { length: 90 + 10 * seed },
      (_, t) => 50 + (seed % 3) * noise(t + seed) + ((t + seed) % 31 === 0 ? 80 : 0) + (seed % 2) * t / 4,
    );
    const { lower, upper, summary: { min, max, mean } } = forecastOf(values, { periods: [] });
    ok(max.lower >= Math.max(...lower) && max.upper >= Math.max(...upper), `maximum, ${seed}`);
    ok(min.lower <= Math.min(...lower) && min.upper <= Math.min(...upper), `minimum, ${seed}`);
    ok(mean.lower >= Math.min(...lower) && mean.upper <= Math.max(...upper), `mean, ${seed}`);
  }
});

Deno.test("toSeriesForecast() says where fewer samples were seen than are looked ahead", () => {
  const values = Float64Array.from({ length: 100 }, (_, t) => (t * 7919) % 13);
  const { tooFew } = forecastOf(values, { horizon: 2_000, periods: [] });
  strictEqual(tooFew, "only 100 samples so far: 1440, one each 30s, are needed to look 16h40m ahead");
  const body = forecastOf([1, 2, 3]);
  strictEqual(body.tooFew, "only 3 samples so far: 20, one each 30s, are needed to look 10m ahead");
  deepStrictEqual(body.lacking, { found: 3, needed: 20 });
  deepStrictEqual(SeriesForecast.parse(body), body);
});
