import { ok } from "node:assert/strict";
import { chooseForecaster } from "@pronoia/analytics";
import { noise } from "../../_series.ts";

/** Office hours: high from 8 to 18 h, low at night. */
const levelAt = (t: number, period: number): number => {
  const hour = 24 * (t % period) / period;
  return hour >= 8 && hour < 18 ? 100 : 10;
};

for (const [length, cycles] of [[480, 2.5], [2880, 2.5], [2880, 3]]) {
  Deno.test(`chooseForecaster() uses a season of which ${length} values hold ${cycles} cycles, far ahead too`, () => {
    const period = Math.round(length / cycles);
    const values = noise(length, 3).map((error, t) => levelAt(t, period) + 5 * error);
    for (const horizon of [20, length / 12, length / 2]) {
      const { mean, lower, upper } = chooseForecaster(values, { periods: [period], horizon }).forecast(
        horizon,
      );
      const off = mean.reduce((sum, value, k) => sum + Math.abs(value - levelAt(length + k, period)), 0);
      ok(off / horizon < 10, `${off / horizon} at ${horizon}`);
      ok(upper.reduce((sum, value, k) => sum + value - lower[k], 0) / horizon < 70);
    }
  });
}
