import { strictEqual } from "node:assert/strict";
import { drift, naive, seasonalNaive, theta } from "@pronoia/analytics";
import { randomWalk } from "./_series.ts";

const walk = randomWalk(100, 1);
const seasonal = (values: Float64Array) => seasonalNaive(values, { period: 4 });

for (const forecast of [naive, drift, theta, seasonal]) {
  for (const power of [-700, -900, 400]) {
    Deno.test(`${forecast.name}() forecasts a series times 2^${power} to the last digit`, () => {
      const unit = 2 ** power;
      const [usual, scaled] = [forecast(walk), forecast(walk.map((value) => value * unit))];
      for (const part of ["mean", "lower", "upper"] as const) {
        usual[part].forEach((value, k) => strictEqual(scaled[part][k] / unit, value));
      }
      strictEqual(scaled.simulate({ paths: 1 })[0][9] / unit, usual.simulate({ paths: 1 })[0][9]);
    });
  }
}
