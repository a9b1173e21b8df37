import { deepStrictEqual, notDeepStrictEqual, ok } from "node:assert/strict";
import { chooseForecaster, readForecaster } from "@pronoia/analytics";
import fc from "fast-check";
import { seasonal, series, sides } from "./_forecast_series.ts";
import { seasonalSeries } from "./_series.ts";

Deno.test("update() in pieces is update() at once", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(series)),
      fc.array(fc.oneof(fc.double({ min: 0, max: 500, noNaN: true }), fc.constant(NaN)), { maxLength: 40 }),
      fc.integer({ min: 0, max: 40 }),
      ({ values, periods }, more, cut) => {
        const state = chooseForecaster(values, { periods, effort: "quick" }).toJson();
        const once = readForecaster(state).update(more);
        const twice = readForecaster(state).update(more.slice(0, cut)).update(more.slice(cut));
        deepStrictEqual(sides(once), sides(twice));
      },
    ),
    { seed: 6, numRuns: 60 },
  );
});

Deno.test("update() with more of the season keeps step, also over a gap", () => {
  const all = seasonalSeries(600, 24, 1);
  const forecaster = chooseForecaster(all.slice(0, 480), { periods: [24] });
  forecaster.update(all.slice(480, 571).map((value, t) => t > 50 && t < 60 ? NaN : value));
  const { mean } = forecaster.forecast(24);
  mean.forEach((value, k) => ok(Math.abs(value - 100 - 20 * Math.sin(2 * Math.PI * (571 + k) / 24)) < 4));
});

Deno.test("a forecast does not change when its forecaster is updated", () => {
  const forecaster = chooseForecaster(series.counts.values, { periods: [] });
  const before = forecaster.forecast(5);
  const drawn = before.simulate({ paths: 3 });
  forecaster.update([-40, 50, 60, 70]);
  deepStrictEqual(before.simulate({ paths: 3 }), drawn);
  notDeepStrictEqual(forecaster.forecast(5).mean, before.mean);
});

Deno.test("simulate() keeps to whole numbers and above zero where the series does", () => {
  const { lower, simulate } = chooseForecaster(series.counts.values, { periods: [] }).forecast(10);
  ok(lower.every((value) => value >= 0));
  for (const path of simulate({ paths: 200 })) {
    ok(path.every((value) => value >= 0 && Number.isInteger(value)));
  }
});

Deno.test("simulate() gives path p the same numbers however many there are", () => {
  const { simulate } = chooseForecaster(seasonal, { periods: [24] }).forecast(10);
  deepStrictEqual(simulate({ paths: 3, seed: 5 }), simulate({ paths: 30, seed: 5 }).slice(0, 3));
  notDeepStrictEqual(simulate({ paths: 3, seed: 5 }), simulate({ paths: 3, seed: 6 }));
});

Deno.test("simulate() spreads as the intervals do", () => {
  for (const { values, periods } of [series.seasonal, series["random walk"], series.noise]) {
    const { lower, upper, simulate } = chooseForecaster(values, { periods }).forecast(10);
    const paths = simulate({ paths: 4000 });
    for (let k = 0; k < 10; k++) {
      const inside = paths.filter((path) => path[k] >= lower[k] && path[k] <= upper[k]).length / 4000;
      ok(inside > 0.9 && inside < 0.99, `${inside}`);
    }
  }
});
