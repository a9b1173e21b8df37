import { deepEqual, deepStrictEqual, ok } from "node:assert/strict";
import {
  autoEts,
  chooseForecaster,
  fitEts,
  fitHoltWinters,
  type Forecast,
  forecast,
  naive,
  readEts,
  readForecaster,
  theta,
} from "@pronoia/analytics";
import { noise, randomWalk } from "./_series.ts";

const missing = (length: number): Float64Array => new Float64Array(length).fill(NaN);
const behind = (values: Float64Array, gap: number): Float64Array =>
  Float64Array.from([...values, ...missing(gap)]);
const widthOf = ({ lower, upper }: Forecast, k = 0): number => upper[k] - lower[k];

const ways: readonly (readonly [string, (values: Float64Array) => Forecast])[] = [
  ["forecast()", (values) => forecast(values)],
  ["autoEts()", (values) => autoEts(values).forecast(10)],
  ["fitHoltWinters()", (values) => fitHoltWinters(values).forecast(10)],
  ["theta()", (values) => theta(values)],
];

for (const [name, predict] of ways) {
  for (const gap of [10, 30, 100]) {
    Deno.test(`${name} holds a random walk behind a gap of ${gap}`, () => {
      let inside = 0;
      const walks = 120;
      for (let seed = 1; seed <= walks; seed++) {
        const all = randomWalk(400 + gap + 10, seed);
        const { lower, upper } = predict(behind(all.subarray(0, 400), gap));
        for (let k = 0; k < 10; k++) {
          const value = all[400 + gap + k];
          if (value >= lower[k] && value <= upper[k]) inside++;
        }
      }
      const coverage = inside / (10 * walks);
      ok(coverage >= 0.88, `${coverage}`);
    });
  }

  Deno.test(`${name} is about as unsure behind a gap as naive()`, () => {
    const values = behind(randomWalk(400, 1), 100);
    const ratio = widthOf(predict(values)) / widthOf(naive(values));
    ok(ratio > 0.5 && ratio < 2, `${ratio}`);
  });

  Deno.test(`${name} draws paths as wide behind a gap as its interval`, () => {
    const result = predict(behind(randomWalk(400, 2), 100));
    const ends = result.simulate({ paths: 2000 }).map((path) => path[0]).sort((a, b) => a - b);
    const ratio = (ends[1949] - ends[50]) / widthOf(result);
    ok(ratio > 0.6 && ratio < 1.5, `${ratio}`);
  });
}

const season = noise(120, 3).map((error, t) => 60 + 9 * Math.sin(Math.PI * t / 6) + t / 10 + error);
const models = [
  fitEts(season, { trend: "additive", damped: true, seasonal: "additive", period: 12 }),
  fitEts(season, { error: "multiplicative", seasonal: "additive", period: 12 }),
  fitEts(season, {
    error: "multiplicative",
    trend: "multiplicative",
    seasonal: "multiplicative",
    period: 12,
  }),
];
for (const model of models) {
  Deno.test(`${model.method} forecasts behind a gap what it forecasts so many steps ahead`, () => {
    const gap = 17;
    const ahead = readEts(model.toJson()).forecast(gap + 5);
    const copy = readEts(model.toJson()).update(missing(7)).update(missing(10));
    const later = copy.forecast(5);
    deepStrictEqual(later.mean, ahead.mean.slice(gap));
    deepStrictEqual(later.lower, ahead.lower.slice(gap));
    deepStrictEqual(later.upper, ahead.upper.slice(gap));
    deepStrictEqual(
      later.simulate({ paths: 3 }),
      ahead.simulate({ paths: 3 }).map((path) => path.slice(gap)),
    );
    const restored = readEts(JSON.stringify(copy.toJson()));
    deepStrictEqual(restored.forecast(5).upper, later.upper);
    deepStrictEqual(restored.state, copy.state);
    const parts = readEts(model.toJson()).update([...missing(gap), 60, 61]);
    deepStrictEqual(restored.update([60, 61]).forecast(5).upper, parts.forecast(5).upper);
    ok(Math.abs(widthOf(parts.forecast(1)) / widthOf(readEts(model.toJson()).forecast(1)) - 1) < 0.2);
  });
}

Deno.test("update() with missing values is the same as a fit to them", () => {
  const values = randomWalk(300, 4);
  const fitted = fitEts(behind(values, 50), { trend: "additive" });
  const updated = fitEts(values, { trend: "additive" }).update(missing(50));
  deepEqual(fitted.forecast(5).upper, updated.forecast(5).upper);
  deepEqual(fitted.state, updated.state);
  for (const series of [values, season, randomWalk(90, 5), values.subarray(0, 8)]) {
    const chosen = chooseForecaster(behind(series, 50));
    const told = chooseForecaster(series).update(missing(20)).update(missing(30));
    deepStrictEqual(chosen.forecast(5).upper, told.forecast(5).upper);
    deepStrictEqual(chosen.forecast(5).simulate({ paths: 3 }), told.forecast(5).simulate({ paths: 3 }));
    const restored = readForecaster(JSON.stringify(told.toJson()));
    deepStrictEqual(restored.forecast(5).upper, told.forecast(5).upper);
    deepStrictEqual(
      restored.update([series[0]]).forecast(5).lower,
      chosen.update([series[0]]).forecast(5).lower,
    );
  }
});

Deno.test("a gap longer than any counts as the longest that is counted", () => {
  const walk = randomWalk(100, 6);
  const long = chooseForecaster(walk).update(missing(25_000));
  ok(widthOf(long.forecast(2)) > 0);
  const model = fitEts(walk, { trend: "additive", damped: true }).update(missing(25_000));
  ok(model.forecast(2).mean.every(Number.isFinite));
});
