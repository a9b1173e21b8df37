import { ok } from "node:assert/strict";
import { forecast } from "@pronoia/analytics";
import { fitAutoregression } from "../../../../analytics/forecasting/components/_fit_autoregression.ts";
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

Deno.test("fitAutoregression() limits the growth of a season of 150,000 steps as well", () => {
  const period = 150_000;
  const values = Float64Array.from({ length: 2 * period + 60 }, (_, t) => Math.sin(2 * Math.PI * t / period));
  const fitted = fitAutoregression(values, values.length, { lags: [1, period], ridge: 1e-5, growth: 1 });
  ok(fitted !== null && Number.isFinite(fitted.next()));
});
