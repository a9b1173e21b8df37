import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { chooseForecaster, forecast, intervalCoverage } from "@pronoia/analytics";
import { noise, seasonalSeries } from "./_series.ts";

Deno.test("forecast() is to choose, then to forecast", () => {
  const values = seasonalSeries(300, 24, 3);
  const once = forecast(values, { horizon: 30, periods: [24], confidence: 0.8 });
  const twice = chooseForecaster(values, { horizon: 30, periods: [24], confidence: 0.8 }).forecast(30);
  deepStrictEqual(once.mean, twice.mean);
  deepStrictEqual(once.lower, twice.lower);
  strictEqual(once.confidence, 0.8);
  strictEqual(forecast(values, { periods: [] }).mean.length, 10);
});

Deno.test("forecast() intervals hold on series they were not made for", () => {
  let held = 0;
  for (let seed = 1; seed <= 40; seed++) {
    // An autoregression with a season, 10 steps of which are kept back.
    let carried = 0;
    const all = noise(310, seed).map((error, t) => {
      carried = 0.8 * carried + error;
      return 50 + 5 * Math.cos(2 * Math.PI * t / 12) + carried;
    });
    const result = forecast(all.slice(0, 300), { horizon: 10, periods: [12] });
    held += intervalCoverage(all.slice(300), result) / 40;
  }
  ok(held > 0.9 && held < 0.99, `${held}`);
});

Deno.test("forecast() of growth with a season that grows along goes on growing", () => {
  const values = Float64Array.from(
    { length: 144 },
    (_, t) => 100 * 1.01 ** t * (1 + 0.2 * Math.sin(2 * Math.PI * t / 12)),
  );
  const { mean } = forecast(values, { horizon: 12, periods: [12] });
  mean.forEach((value, k) => {
    const true_ = 100 * 1.01 ** (144 + k) * (1 + 0.2 * Math.sin(2 * Math.PI * (144 + k) / 12));
    ok(Math.abs(value / true_ - 1) < 0.05, `step ${k}: ${value} for ${true_}`);
  });
});

Deno.test("forecast() goes beyond the horizons it could try", () => {
  const { mean, lower, upper } = forecast(seasonalSeries(120, 12, 4), { horizon: 500, periods: [12] });
  ok([...mean, ...lower, ...upper].every(Number.isFinite));
});

Deno.test("forecast() throws on a misspelt option", () => {
  // @ts-expect-error a misspelt name
  throws(() => forecast([1, 2, 3], { steps: 3 }), {
    name: "TypeError",
    message: 'Cannot forecast as the options are horizon, periods, confidence, stepMs, effort: found "steps"',
  });
});

Deno.test("forecast() intervals follow scale to 1e-9 and shift to what doubles hold", () => {
  for (let seed = 1; seed <= 6; seed++) {
    const values = seed % 2 === 0
      ? noise(120, seed)
      : seasonalSeries(150, 12, seed).map((value) => value - 200);
    const periods = seed % 2 === 0 ? [] : [12];
    const here = forecast(values, { periods });
    const width = Math.max(...here.upper) - Math.min(...here.lower);
    for (const scale of [1e12, 1e-12, 3]) {
      const there = forecast(values.map((value) => value * scale), { periods });
      for (const part of ["mean", "lower", "upper"] as const) {
        const off = Math.max(...here[part].map((value, k) => Math.abs(there[part][k] / scale - value)));
        ok(off < 1e-9 * width, `seed ${seed}, scale ${scale}, ${part}: ${off / width}`);
      }
    }
    // Near 1.7e9, what is left of a value around 1 is known to seven digits.
    const far = forecast(values.map((value) => value + 1.7e9), { periods });
    for (const part of ["mean", "lower", "upper"] as const) {
      const off = Math.max(...here[part].map((value, k) => Math.abs(far[part][k] - 1.7e9 - value)));
      ok(off < 0.02 * width, `seed ${seed}, shifted, ${part}: ${off / width}`);
    }
  }
});
