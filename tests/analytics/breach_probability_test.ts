import { breachProbability, chooseForecaster, drift, type Forecast, naive } from "@pronoia/analytics";
import fc from "fast-check";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { randomWalk, seasonalSeries } from "./_series.ts";

/** A forecast that draws the given paths, one after the other. */
function drawing(paths: number[][]): Forecast {
  const mean = Float64Array.from(paths[0]);
  return {
    ...naive([1, 2]),
    mean,
    lower: mean,
    upper: mean,
    simulate: ({ paths: count = 1 } = {}) =>
      Array.from({ length: count }, (_, p) => Float64Array.from(paths[p % paths.length])),
  };
}

Deno.test("breachProbability() counts paths as worked by hand", () => {
  // Four paths; above 5 at once, at step 2, at step 3, and never.
  const forecast = drawing([[6, 1, 1], [1, 6, 9], [5, 5, 7], [5, 5, 5]]);
  const { probability, byStep, timeToBreach, bound } = breachProbability(forecast, { max: 5, paths: 4 });
  strictEqual(probability, 0.75);
  deepStrictEqual([...byStep], [0.25, 0.5, 0.75]);
  deepStrictEqual(timeToBreach, { p10: 1, p50: 2, p90: null });
  strictEqual(bound, "max");
});

Deno.test("breachProbability() names the bound that breaks more often", () => {
  const forecast = drawing([[6, 0], [-1, 9], [-1, 0], [1, 1]]);
  strictEqual(breachProbability(forecast, { min: 0, max: 5, paths: 4 }).bound, "min");
  strictEqual(breachProbability(forecast, { min: -5, max: 10, paths: 4 }).bound, null);
  strictEqual(breachProbability(forecast, { min: 0.5, max: 5, paths: 2, horizon: 1 }).bound, "max");
});

Deno.test("breachProbability() looks no further than the horizon", () => {
  const forecast = drawing([[1, 1, 9]]);
  strictEqual(breachProbability(forecast, { max: 5, horizon: 2 }).probability, 0);
  strictEqual(breachProbability(forecast, { max: 5 }).probability, 1);
});

Deno.test("breachProbability() of a random walk is that of its first passage", () => {
  // Reflection: P(max over h steps > b) is about 2·P(walk at h > b + 0.58), the shift for steps instead of time
  // (Siegmund 1979). With σ = 1, h = 10, b = 3: 2·(1 − Φ(3.583/√10)) = 0.257.
  const values = randomWalk(5000, 1);
  const { probability } = breachProbability(naive(values), { max: values[4999] + 3, paths: 20_000 });
  ok(Math.abs(probability - 0.257) < 0.02, `${probability}`);
});

Deno.test("breachProbability() asks a model for the horizon, and is the same from its forecast", () => {
  const model = chooseForecaster(seasonalSeries(300, 24, 2), { periods: [24] });
  const options = { max: 118, horizon: 20, seed: 4 };
  deepStrictEqual(breachProbability(model, options), breachProbability(model.forecast(20), options));
});

Deno.test("breachProbability() never falls by step, ends in the probability, and falls as the bound rises", () => {
  const forecasts = [
    chooseForecaster(randomWalk(300, 1), { periods: [] }).forecast(15),
    chooseForecaster(seasonalSeries(300, 24, 2), { periods: [24] }).forecast(15),
    drift([1, 2, 4, 5, 9, 8], { horizon: 15 }),
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...forecasts),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 15 }),
      (forecast, share, horizon) => {
        const max = forecast.lower[14] + share * (forecast.upper[14] - forecast.lower[14]);
        const low = breachProbability(forecast, { max, horizon, paths: 200 });
        low.byStep.forEach((value, k) => ok(k === 0 || value >= low.byStep[k - 1]));
        strictEqual(low.byStep.length, horizon);
        strictEqual(low.byStep[horizon - 1], low.probability);
        ok(breachProbability(forecast, { max: max + 1, horizon, paths: 200 }).probability <= low.probability);
        ok(breachProbability(forecast, { max, min: 0, horizon, paths: 200 }).probability >= low.probability);
      },
    ),
    { seed: 5, numRuns: 100 },
  );
});

Deno.test("breachProbability() throws without a bound, on crossed bounds and beyond the forecast", () => {
  const forecast = naive([1, 2, 3]);
  throws(() => breachProbability(forecast, {}), {
    name: "RangeError",
    message: 'Cannot estimate a breach probability as "min" or "max" must be given: found neither',
  });
  throws(() => breachProbability(forecast, { min: 3, max: 2 }), RangeError);
  for (const max of [NaN, Infinity]) throws(() => breachProbability(forecast, { max }), RangeError);
  strictEqual(breachProbability(forecast, { min: null, max: 1e9 }).probability, 0);
  throws(() => breachProbability(forecast, { max: 1, horizon: 11 }), RangeError);
  throws(() => breachProbability(forecast, { max: 1, paths: 0 }), RangeError);
  throws(() => breachProbability(forecast, { max: 1, seed: 0.5 }), RangeError);
  // @ts-expect-error a misspelt name
  throws(() => breachProbability(forecast, { maximum: 1 }), TypeError);
});
