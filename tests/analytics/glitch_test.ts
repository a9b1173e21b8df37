import { deepStrictEqual, ok } from "node:assert/strict";
import { chooseForecaster, readForecaster } from "@pronoia/analytics";
import { noise } from "./_series.ts";

const season = (t: number): number => 20 + 5 * Math.sin(2 * Math.PI * t / 24);
const errors = noise(700, 1);
const valueAt = (t: number): number => season(t) + errors[t];
const seen = Float64Array.from({ length: 500 }, (_, t) => valueAt(t));

for (const glitch of [50, 1000, 1e9, -1e9]) {
  Deno.test(`update() does not learn a glitch of ${glitch}`, () => {
    const forecaster = chooseForecaster(seen, { periods: [24] }).update([glitch]);
    for (let t = 501; t < 540; t++) {
      forecaster.update([valueAt(t)]);
      const result = forecaster.forecast(30);
      const off = result.mean.reduce((sum, mean, k) => sum + Math.abs(mean - season(t + 1 + k)) / 30, 0);
      ok(off < 1, `${off} after ${t - 500} values`);
      if (t > 510) continue;
      const high = result.simulate({ paths: 200 }).filter((path) => path.some((value) => value > 40));
      ok(high.length < 20, `${high.length} of 200 paths`);
    }
  });
}

Deno.test("update() does not carry a glitch through a gap", () => {
  const forecaster = chooseForecaster(seen, { periods: [24] }).update([1e9, ...new Array(500).fill(NaN)]);
  const { mean } = forecaster.forecast(30);
  mean.forEach((value, k) => ok(Math.abs(value - season(1001 + k)) < 3, `${value}`));
});

for (const at of [100, 480, 499]) {
  for (const glitch of [1e3, -1e9]) {
    Deno.test(`chooseForecaster() does not learn a glitch of ${glitch} at value ${at}`, () => {
      const values = seen.with(at, glitch);
      for (const options of [{ periods: [24] }, { stepMs: 60_000 }]) {
        const { mean, lower, upper } = chooseForecaster(values, { ...options, horizon: 60 }).forecast(60);
        mean.forEach((value, k) => ok(Math.abs(value - season(500 + k)) < 3, `${value}`));
        ok(upper.every((value, k) => value - lower[k] < 15));
      }
    });
  }
}

for (const [name, at, start] of [["level", 50, 0], ["line", 50, 0.5]] as const) {
  for (const shift of [at, -at, 1e6]) {
    Deno.test(`update() follows a shift of ${shift} of a ${name}`, () => {
      let walk = 0;
      const values = errors.map((error, t) => (walk += error) + start * t);
      const forecaster = chooseForecaster(values.subarray(0, 400), { periods: [] });
      for (let t = 400; t < 410; t++) forecaster.update([values[t] + shift]);
      const { mean } = forecaster.forecast(1);
      ok(
        Math.abs(mean[0] - values[410] - shift) < 8 + 0.05 * Math.abs(shift),
        `${mean[0] - values[410] - shift}`,
      );
    });
  }
}

Deno.test("update() in portions is update() in one call, glitches and gaps included", () => {
  const news = [50, 1e9, NaN, 1e9, NaN, NaN, 20, -1e9, 21, 22];
  const whole = chooseForecaster(seen, { periods: [24] }).update(news);
  let portions = chooseForecaster(seen, { periods: [24] });
  for (const value of news) portions = readForecaster(JSON.stringify(portions.update([value]).toJson()));
  deepStrictEqual(portions.forecast(20).mean, whole.forecast(20).mean);
  deepStrictEqual(portions.forecast(20).upper, whole.forecast(20).upper);
});
