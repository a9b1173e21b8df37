import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { forecast } from "@pronoia/analytics";
import { SeriesForecast } from "../../../../../services/shared/domain/results/forecast.ts";
import { toSeriesForecast } from "../../../../../services/shared/domain/results/series_forecast.ts";

const series = { id: "0123456789abcdef", name: "load", labels: {}, type: "gauge", unit: null } as const;

function forecastOf(values: ArrayLike<number>): SeriesForecast {
  return toSeriesForecast(forecast(values, { horizon: 20, periods: [12] }), {
    series,
    originMs: 60_000,
    stepMs: 30_000,
  });
}

Deno.test("toSeriesForecast() is a message's body with ordered summaries", () => {
  const values = Float64Array.from(
    { length: 240 },
    (_, t) => 50 + 10 * Math.sin(t * Math.PI / 6) + (t * 7919) % 13 / 6,
  );
  const body = forecastOf(values);
  deepStrictEqual(SeriesForecast.parse(body), body);
  strictEqual(body.horizonMs, 600_000);
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
