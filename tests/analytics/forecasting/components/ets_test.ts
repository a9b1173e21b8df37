import { deepStrictEqual, ok } from "node:assert/strict";
import type { SmoothingJson } from "@pronoia/analytics";
import { Ets, fitBestEts } from "../../../../analytics/forecasting/components/_ets.ts";
import { goldenSeries } from "../../goldens/exponential_smoothing.ts";

Deno.test("Ets takes values that are not positive as missing where its model has no place for them", () => {
  // A live series may fall to 0 after a model with factors was chosen: the choice goes on instead of throwing.
  const { values, period } = goldenSeries("airPassengers");
  const fit = () => fitBestEts(Float64Array.from(values), values.length, period)!;
  const model = fit(), other = fit();
  const { method } = (model.toJson().model as SmoothingJson).model as { method: string };
  ok(method.startsWith("ETS(M,"), method);
  for (const value of [0, -5, 470]) {
    model.update(value);
    other.update(value > 0 ? value : NaN);
  }
  const mean = new Float64Array(24), expected = new Float64Array(24), stored = new Float64Array(24);
  model.predict(mean);
  other.predict(expected);
  Ets.fromJson(JSON.parse(JSON.stringify(model.toJson()))).predict(stored);
  deepStrictEqual(mean, expected);
  deepStrictEqual(stored, mean);
  ok(mean.every((value) => value > 0 && Number.isFinite(value)));
});

Deno.test("Ets of sums learns from values of either sign", () => {
  const values = Float64Array.from({ length: 60 }, (_, t) => Math.sin(t) * 5 + ((t * 7919) % 13) / 13 - 3);
  const model = fitBestEts(values, values.length, 1)!;
  const before = model.next();
  model.update(-50);
  ok(model.next() < before);
});
