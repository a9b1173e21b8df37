import { ok } from "node:assert/strict";
import { breachProbability, chooseForecaster } from "@pronoia/analytics";
import { createGenerator } from "../../../../analytics/random/_generator.ts";

Deno.test("the probability of a burst an hour ahead does not hang on the noise of the newest values", () => {
  const random = createGenerator(1, 0);
  let queue = 12;
  // Ten bursts a day, on average, of samples every 30 s.
  const values = Float64Array.from({ length: 2_928 }, () => {
    if (random.uniform() < 10 / 2_880) queue = 500 + 400 * random.uniform();
    queue = 12 + (queue - 12) * 0.85;
    return Math.max(0, Math.round(queue + 3 * random.normal()));
  });
  const forecaster = chooseForecaster(values.slice(0, 2_880), { horizon: 2_880 });
  const said: number[] = [];
  for (let end = 2_880; end < values.length; end += 4) {
    said.push(breachProbability(forecaster.forecast(120), { max: 300, paths: 1_000 }).probability);
    forecaster.update(values.subarray(end, end + 4));
  }
  // 1 − e^(−10/24) is 0.34.
  ok(Math.min(...said) > 0.24 && Math.max(...said) < 0.44, said.join(" "));
});
