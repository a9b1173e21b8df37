import { deepStrictEqual, equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  breachProbability,
  chooseForecaster,
  type Forecast,
  forecast,
  readForecaster,
} from "@pronoia/analytics";
import { noise } from "./_series.ts";

/**
 * What series of services are made of: stands, gaps, single values, lines, noise, one after the other, of any length
 * and size. Whatever comes, a forecast is numbers in order and goes through JSON; only too few values are refused.
 */
type Shape = (length: number, level: number, step: number) => ArrayLike<number>;

const SHAPES: Readonly<Record<string, Shape>> = {
  stand: (length, level) => new Array(length).fill(level),
  gap: (length) => new Array(length).fill(NaN),
  single: (_, level) => [level],
  line: (length, level, step) => Array.from({ length }, (_, t) => level + step * t),
  noise: (length, level, step) => noise(length, length).map((error) => level + step * error),
  // JSON has no negative zero.
  counts: (length, level) => noise(length, length).map((error) => level * Math.round(error) + 0),
  wave: (length, level, step) => Array.from({ length }, (_, t) => level + step * Math.sin(Math.PI * t / 6)),
};
const runs = fc.tuple(
  fc.constantFrom("stand", "gap", ...Object.keys(SHAPES)),
  fc.oneof(
    fc.constantFrom(1, 2, 3, 19, 20, 21),
    fc.integer({ min: 1, max: 60 }),
    fc.integer({ min: 1, max: 300 }),
  ),
  fc.constantFrom(0, 1, -1, 0.001, 2.6, 100),
  fc.constantFrom(0.001, 0.1, 1),
);
const series = fc.tuple(
  fc.array(runs, { minLength: 1, maxLength: 5 }),
  fc.constantFrom(1, 1, 1e-3, 1e9, 1e-300, 1e300),
).map(([parts, size]) =>
  parts.flatMap(([shape, length, level, step]) =>
    Array.from(SHAPES[shape](length, level * size, step * size))
  )
);

function isSound(found: Forecast): void {
  found.mean.forEach((mean, k) => {
    const [lower, upper] = [found.lower[k], found.upper[k]];
    ok([lower, mean, upper].every(Number.isFinite), `step ${k}: ${lower}, ${mean}, ${upper}`);
    ok(lower <= mean && mean <= upper, `step ${k}: ${lower}, ${mean}, ${upper}`);
  });
  for (const path of found.simulate({ paths: 10 })) {
    equal(path.length, found.mean.length);
    ok(path.every(Number.isFinite), "a path is not finite");
  }
  for (const bounds of [{ max: found.mean[0] }, { min: found.lower[0], max: found.upper[0] }]) {
    const { probability, byStep } = breachProbability(found, { ...bounds, paths: 50 });
    byStep.forEach((share, k) => ok(share >= (byStep[k - 1] ?? 0) && share <= 1, `by step ${k}: ${share}`));
    equal(probability, byStep[byStep.length - 1]);
  }
}

/** Its numbers, and one path. */
function figuresOf({ mean, lower, upper, simulate }: Forecast): unknown {
  return { mean, lower, upper, path: simulate({ paths: 1 }) };
}

Deno.test("chooseForecaster() and what follows are sound on any runs of values", () => {
  fc.assert(
    fc.property(
      series,
      series,
      fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 500 })),
      fc.constantFrom("quick" as const, "quick" as const, "quick" as const, "full" as const),
      (values, later, horizon, effort) => {
        const options = { horizon, effort };
        if (values.filter((value) => value === value).length < 2) {
          throws(() => forecast(values, options), RangeError);
          return;
        }
        const forecaster = chooseForecaster(values, options);
        const first = forecaster.forecast(horizon);
        isSound(first);
        const copy = readForecaster(JSON.stringify(forecaster.toJson()));
        deepStrictEqual(figuresOf(copy.forecast(horizon)), figuresOf(first));
        const next = forecaster.update(later).forecast(horizon);
        isSound(next);
        copy.update(later.slice(0, 3)).update(later.slice(3));
        deepStrictEqual(figuresOf(copy.forecast(horizon)), figuresOf(next));
        const restored = readForecaster(JSON.stringify(forecaster.toJson()));
        deepStrictEqual(figuresOf(restored.forecast(horizon)), figuresOf(next));
      },
    ),
    { numRuns: 100, seed: 29 },
  );
});
