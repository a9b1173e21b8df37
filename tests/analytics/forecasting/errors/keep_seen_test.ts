import { forecast, intervalCoverage } from "@pronoia/analytics";
import { ok } from "node:assert/strict";
import { createGenerator } from "../../../../analytics/random/_generator.ts";

for (const horizon of [10, 48]) {
  Deno.test(`forecast() intervals hold ${horizon} steps ahead where most values are missing`, () => {
    let held = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const random = createGenerator(seed, 0);
      let carried = 0;
      const all = Float64Array.from({ length: 700 + horizon }, () => {
        carried = 0.5 * carried + random.normal();
        return carried;
      });
      const past = all.slice(0, 700);
      for (let t = 0; t < 699; t++) if (random.uniform() < 0.6) past[t] = NaN;
      const made = forecast(past, { horizon, periods: [], effort: "quick" });
      held += intervalCoverage(all.subarray(700), made) / 20;
    }
    ok(held > 0.92 && held < 0.99, `${held}`);
  });
}
