import { ok } from "node:assert/strict";
import { chooseForecaster, readForecaster } from "@pronoia/analytics";
import { noise } from "../../_series.ts";

/** Level at the start, and change per step; the first is a time in ms, scraped every 15 s. */
const LINES: readonly (readonly [number, number])[] = [
  [1.79e12, 15_000],
  [1.79e12, -15_000],
  [1, 1],
  [1, 1e-3],
  [1e6, -3],
  [0, 15],
];

for (const [level, slope] of LINES) {
  for (const share of [0, 1e-6, 0.01]) {
    Deno.test(`chooseForecaster() carries a line from ${level} by ${slope} on, noise of ${share} steps`, () => {
      for (const length of [80, 240, 1440]) {
        const at = (t: number): number => level + slope * t;
        const values = noise(length, 5).map((error, t) => at(t) + share * slope * error);
        for (const horizon of [120, 1440]) {
          const forecaster = chooseForecaster(values, { horizon, effort: "quick" });
          for (const standing of [forecaster, readForecaster(forecaster.toJson())]) {
            const { mean, lower, upper, simulate } = standing.forecast(horizon);
            const [path] = simulate({ paths: 1 });
            for (let k = 0; k < horizon; k++) {
              // Within a twentieth of the way.
              const reach = Math.abs(slope) * (1 + 0.05 * (k + 1));
              for (const value of [mean[k], lower[k], upper[k], path[k]]) {
                ok(Math.abs(value - at(length + k)) <= reach, `${length} values, step ${k}: ${value}`);
              }
            }
          }
        }
      }
    });
  }
}

Deno.test("chooseForecaster() keeps noise within what was seen and as much again, however far ahead", () => {
  const values = noise(400, 9);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const { mean } = chooseForecaster(values, { horizon: 400 }).forecast(400);
  ok(mean.every((value) => value > 2 * low - high && value < 2 * high - low));
});

Deno.test("chooseForecaster() keeps ratios and percentages below a wall they fill up to", () => {
  for (const wall of [1, 100]) {
    const values = noise(300, 7).map((error) => wall * Math.min(1, 0.9 + 0.2 * error));
    const { mean, upper, simulate } = chooseForecaster(values, { horizon: 50 }).forecast(50);
    const paths = simulate({ paths: 100 });
    for (const line of [mean, upper, ...paths]) ok(line.every((value) => value <= wall), `${wall}`);
  }
});
