import { ok } from "node:assert/strict";
import { chooseForecaster, intervalCoverage } from "@pronoia/analytics";
import { createGenerator } from "../../../../analytics/random/_generator.ts";

/** 1, but 0 for a few values now and then. */
function flaps(length: number, seed: number): Float64Array {
  const random = createGenerator(seed, 0);
  let isDown = false;
  return Float64Array.from({ length }, () => {
    isDown = random.uniform() < (isDown ? 0.7 : 0.005);
    return isDown ? 0 : 1;
  });
}

Deno.test("chooseForecaster() has the values a series mostly has within its intervals", () => {
  for (const seed of [1, 3, 4, 5, 6, 7]) {
    const values = flaps(1440, seed);
    for (const horizon of [120, 720]) {
      const forecast = chooseForecaster(values, { horizon }).forecast(horizon);
      const { lower, upper, mean } = forecast;
      const held = intervalCoverage(flaps(horizon, seed + 10), forecast);
      ok(held > 0.9, `${held} of seed ${seed}: ${lower[9]} ... ${upper[9]}`);
      ok(mean.every((value, k) => lower[k] <= value && value <= upper[k]));
    }
  }
});
