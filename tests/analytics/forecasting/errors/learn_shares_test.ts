import { deepStrictEqual, ok } from "node:assert/strict";
import { breachProbability, chooseForecaster } from "@pronoia/analytics";
import fc from "fast-check";
import { fitSimplex } from "../../../../analytics/forecasting/errors/_fit_simplex.ts";
import { createGenerator } from "../../../../analytics/random/_generator.ts";
import { noise } from "../../_series.ts";

Deno.test("fitSimplex() finds the projection onto the simplex", () => {
  const identity = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  const near = (targets: number[]): number[] =>
    [...fitSimplex(identity, Float64Array.from(targets), [1, 0, 0])].map((weight) =>
      Math.round(weight * 1e6) / 1e6
    );
  deepStrictEqual(near([0.2, 0.3, 0.5]), [0.2, 0.3, 0.5]);
  deepStrictEqual(near([2, 0, 0]), [1, 0, 0]);
  deepStrictEqual(near([-1, 0.5, 0.5]), [0, 0.5, 0.5]);
});

Deno.test("fitSimplex() is no worse than any other weights", () => {
  const entry = fc.double({ min: -2, max: 2, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(entry, { minLength: 9, maxLength: 9 }),
      fc.array(entry, { minLength: 3, maxLength: 3 }),
      fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100)).filter((parts) => Math.max(...parts) > 0),
      (root, targets, parts) => {
        const at = (i: number, j: number): number =>
          [0, 1, 2].reduce((sum, k) => sum + root[3 * k + i] * root[3 * k + j], i === j ? 0.01 : 0);
        const products = Float64Array.from({ length: 9 }, (_, i) => at(Math.floor(i / 3), i % 3));
        const loss = (weights: ArrayLike<number>): number => {
          let sum = 0;
          for (let i = 0; i < 3; i++) {
            sum -= 2 * targets[i] * weights[i];
            for (let j = 0; j < 3; j++) sum += products[3 * i + j] * weights[i] * weights[j];
          }
          return sum;
        };
        const found = fitSimplex(products, Float64Array.from(targets), [1, 0, 0]);
        const total = parts[0] + parts[1] + parts[2];
        ok(found.every((weight) => weight >= 0 && weight <= 1 + 1e-12));
        ok(loss(found) <= loss(parts.map((part) => part / total)) + 1e-6);
      },
    ),
    { seed: 7, numRuns: 300 },
  );
});

/** Mostly one of a few values, some fifth of them higher, never above 0.134. */
function fewLevels(seed: number): Float64Array {
  const random = createGenerator(seed, 0);
  return Float64Array.from({ length: 800 }, () => {
    const uniform = random.uniform();
    return uniform < 0.5 ? 0.066 : uniform < 0.8 ? 0.068 : 0.134;
  });
}

Deno.test("breachProbability() of a series of few levels does not go beyond the highest", () => {
  for (const seed of [1, 2, 3]) {
    const forecast = chooseForecaster(fewLevels(seed)).forecast(10);
    ok(breachProbability(forecast, { max: 0.134 }).probability < 0.1);
    ok(breachProbability(forecast, { min: 0.066 }).probability < 0.1);
    // Nine times in ten one of ten values is the highest level.
    const probability = breachProbability(forecast, { max: 0.068 }).probability;
    ok(Math.abs(probability - (1 - 0.8 ** 10)) < 0.12, `${probability}`);
  }
});

Deno.test("simulate() draws values that came to the last digit", () => {
  const random = createGenerator(5, 0);
  const levels = [1 / 3, Math.PI, Math.E];
  const values = Float64Array.from({ length: 800 }, () => levels[Math.floor(3 * random.uniform())]);
  const paths = chooseForecaster(values).forecast(10).simulate({ paths: 200 });
  const exact = paths.filter((path) => path.every((value) => levels.includes(value))).length;
  ok(exact > 100, `${exact}`);
});

Deno.test("simulate() draws what a line reaches, not where it was", () => {
  const values = noise(600, 6).map((error, t) => t + error);
  const { simulate } = chooseForecaster(values, { horizon: 10 }).forecast(10);
  for (const path of simulate({ paths: 300 })) ok(path[9] > 590, `${path[9]}`);
});
