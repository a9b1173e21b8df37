import { ok } from "node:assert/strict";
import { breachProbability, chooseForecaster } from "@pronoia/analytics";
import { noise } from "../../_series.ts";

const season = (t: number): number => 10 * Math.sin(2 * Math.PI * t / 96);

for (const share of [0.7, 0.95]) {
  Deno.test(`chooseForecaster() takes a season to a level that began at ${share} of the values`, () => {
    const values = noise(960, 8).map((error, t) => 50 + season(t) + error + (t > 960 * share ? 100 : 0));
    for (const horizon of [20, 480, 960]) {
      const forecast = chooseForecaster(values, { periods: [96], horizon }).forecast(horizon);
      const { mean, lower, upper } = forecast;
      mean.forEach((value, k) => {
        ok(Math.abs(value - 150 - season(960 + k)) < 8, `${value} at ${k} of ${horizon}`);
        ok(upper[k] - lower[k] < 20);
      });
      const { probability } = breachProbability(forecast, { min: 125, max: 175 });
      ok(probability < 0.1, `${probability}`);
    }
  });
}
