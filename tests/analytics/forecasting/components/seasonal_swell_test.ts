import { ok } from "node:assert/strict";
import { forecast } from "@pronoia/analytics";
import { createGenerator } from "../../../../analytics/random/_generator.ts";

for (const seed of [4, 8, 10]) {
  Deno.test(`a season does not swell a hundred cycles ahead (${seed})`, () => {
    const random = createGenerator(seed, 0);
    const values = Float64Array.from(
      { length: 2_880 },
      (_, t) => 3 * Math.sin(2 * Math.PI * t / 24) + random.normal(),
    );
    const { mean } = forecast(values, { horizon: 2_880, periods: [24] });
    const last = mean.slice(-24);
    ok(Math.max(...last) < 3.5 && Math.min(...last) > -3.5, `${Math.min(...last)} to ${Math.max(...last)}`);
  });
}
