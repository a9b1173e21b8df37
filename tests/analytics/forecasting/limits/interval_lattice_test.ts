import { ok, strictEqual } from "node:assert/strict";
import { chooseForecaster, counterRate, intervalCoverage } from "@pronoia/analytics";
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

Deno.test("chooseForecaster() ends its intervals of a counter's rate at rates that equal counts give", () => {
  const random = createGenerator(1, 0);
  let counted = 0;
  const values = Float64Array.from({ length: 481 }, () => counted += Math.floor(3 + 3 * random.uniform()));
  const rates = counterRate({ timesMs: values.map((_, k) => 30_000 * k), values }).values.subarray(1);
  const { lower, upper } = chooseForecaster(rates, { horizon: 20 }).forecast(20);
  for (const end of [...lower, ...upper]) strictEqual(Math.round(30 * end) / 30, end);
  ok(upper.every((end) => end >= 5 / 30), `${upper}`);
});
