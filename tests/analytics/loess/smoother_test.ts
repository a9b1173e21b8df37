import { ok } from "node:assert/strict";
import fc from "fast-check";
import { createNarrowSmoother } from "../../../analytics/loess/_narrow_smoother.ts";
import { createWideSmoother } from "../../../analytics/loess/_wide_smoother.ts";
import { congruence } from "../_series.ts";

const SEED = 20_260_106;

/** A series with a level, a drift and steps, the same for the same arguments. */
function wandering(length: number, seed: number): Float64Array {
  const next = congruence(seed);
  return Float64Array.from({ length }, (_, t) => 3 * Math.sin(t / 9) + t / length + next() / 2 ** 31);
}

const shape = fc.record({
  length: fc.integer({ min: 4, max: 300 }),
  half: fc.integer({ min: 1, max: 250 }),
  degree: fc.constantFrom<0 | 1>(0, 1),
  jump: fc.integer({ min: 1, max: 12 }),
}).map(({ half, ...rest }) => ({ ...rest, window: 2 * half + 1 }));

function compare(
  { length, ...rest }: { length: number; window: number; degree: 0 | 1; jump: number },
  seed: number,
  weightOf: ((t: number, random: number) => number) | null,
  tolerance: number,
): void {
  const values = wandering(length, seed);
  const random = wandering(length, seed + 1);
  const weights = weightOf === null ? null : random.map((value, t) => weightOf(t, Math.abs(value) % 1));
  const observed = weights === null ? null : Uint8Array.from(weights, (weight) => weight > 0 ? 1 : 0);
  const curves = [createNarrowSmoother, createWideSmoother].map((create) => {
    const smoother = create({ length, ...rest });
    smoother.weigh(weights, observed);
    const curve = new Float64Array(length);
    smoother.smooth(values, curve);
    return curve;
  });
  curves[0].forEach((value, t) => {
    const same = Number.isNaN(value)
      ? Number.isNaN(curves[1][t])
      : Math.abs(value - curves[1][t]) < tolerance;
    ok(same, `at ${t}: ${curves[1][t]} instead of ${value}`);
  });
}

Deno.test("createWideSmoother() sums to what direct summation gives", () => {
  fc.assert(fc.property(shape, fc.nat(1e6), (of, seed) => compare(of, seed, null, 1e-9)), {
    seed: SEED,
    numRuns: 300,
  });
});

Deno.test("createWideSmoother() takes any weights", () => {
  fc.assert(fc.property(shape, fc.nat(1e6), (of, seed) => compare(of, seed, (_, random) => random, 1e-8)), {
    seed: SEED,
    numRuns: 300,
  });
});

Deno.test("createWideSmoother() takes weights that are nearly all 0", () => {
  fc.assert(
    fc.property(shape, fc.nat(1e6), fc.double({ min: 0.5, max: 1, noNaN: true }), (of, seed, gaps) => {
      compare(of, seed, (_, random) => random < gaps ? 0 : 1, 1e-7);
    }),
    { seed: SEED, numRuns: 300 },
  );
});

Deno.test("createWideSmoother() of degree 1 reproduces a line under any weights", () => {
  const length = 500;
  const line = Float64Array.from({ length }, (_, t) => 4 - t / 7);
  const smoother = createWideSmoother({ length, window: 151, degree: 1, jump: 1 });
  smoother.weigh(Float64Array.from({ length }, (_, t) => t % 11 === 0 ? 0 : (t % 5) / 5), null);
  const curve = new Float64Array(length);
  smoother.smooth(line, curve);
  curve.forEach((value, t) => ok(Math.abs(value - line[t]) < 1e-9));
});
