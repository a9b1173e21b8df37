import { chooseForecaster, intervalCoverage, readForecaster } from "@pronoia/analytics";
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { grownBy, paceOf } from "../../../../analytics/forecasting/limits/_pace.ts";
import { noise } from "../../_series.ts";

Deno.test("paceOf() is the rate of growth, whatever its sign, level and unit, and through gaps", () => {
  for (const sign of [1, -1]) {
    const values = Float64Array.from({ length: 400 }, (_, t) => 1e3 + sign * 1e-3 * Math.exp(0.02 * t));
    for (let t = 0; t < 400; t += 7) values[t] = NaN;
    ok(Math.abs(paceOf(values) - 0.02) < 1e-3, `${paceOf(values)}`);
  }
});

Deno.test("paceOf() is 0 of what does not grow geometrically", () => {
  const length = 400;
  const series: Readonly<Record<string, (t: number) => number>> = {
    constant: () => 5,
    line: (t) => 3 * t,
    parabola: (t) => t * t,
    "jump in the third quarter": (t) => t < 250 ? t % 3 : 1000 + t % 3,
    "spike at the end": (t) => t > 380 ? 1e6 : t % 5,
    "creeping, then leaping": (t) => [0, 1, 5, 100][Math.floor(t / 100)] + t % 3,
    wave: (t) => Math.sin(t / 60),
    "dying away": (t) => Math.exp(-0.02 * t),
  };
  for (const [name, at] of Object.entries(series)) {
    strictEqual(paceOf(Float64Array.from({ length }, (_, t) => at(t))), 0, name);
  }
});

Deno.test("grownBy() stays far from the largest double", () => {
  strictEqual(grownBy(0, 1e6), 1);
  ok(grownBy(1e3, 1e6) < 1e100);
});

for (const [rate, sign] of [[0.003, 1], [0.01, 1], [0.01, -1]] as const) {
  Deno.test(`chooseForecaster() carries growth of ${rate * sign} a step on, and its intervals hold it`, () => {
    const [length, horizon] = [720, 240];
    let held = 0;
    let agreed = 0;
    for (let seed = 1; seed <= 4; seed++) {
      const at = (t: number): number => 50 + sign * 10 * Math.exp(rate * t);
      const all = noise(length + horizon, seed).map((error, t) => 50 + (at(t) - 50) * Math.exp(0.01 * error));
      const forecaster = chooseForecaster(all.subarray(0, length), { periods: [], horizon });
      const made = forecaster.forecast(horizon);
      const last = horizon - 1;
      ok(Math.abs((made.mean[last] - 50) / (at(length + last) - 50) - 1) < 0.1, `${made.mean[last]}`);
      held += intervalCoverage(all.subarray(length), made) / 4;
      deepStrictEqual(readForecaster(forecaster.toJson()).forecast(horizon).upper, made.upper);
      for (const path of made.simulate({ paths: 50 })) agreed += intervalCoverage(path, made) / 200;
    }
    ok(held > 0.8, `${held}`);
    ok(agreed > 0.9 && agreed < 0.99, `${agreed}`);
  });
}

Deno.test("readForecaster() takes a state stored before growth was told", () => {
  const forecaster = chooseForecaster(noise(300, 2), { periods: [] });
  const stored = JSON.parse(JSON.stringify(forecaster.toJson()));
  delete stored.bounds.pace;
  delete stored.errors.pace;
  deepStrictEqual(readForecaster(stored).forecast(10).upper, forecaster.forecast(10).upper);
});
