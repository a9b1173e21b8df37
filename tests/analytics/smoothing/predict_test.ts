import { fitEts } from "@pronoia/analytics";
import { deepStrictEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { predictVariance } from "../../../analytics/smoothing/_predict.ts";
import type { Shape, Weights } from "../../../analytics/smoothing/_shape.ts";

/** The sums as Hyndman et al. (2008, §6.2 and §6.3) write them, O(horizon²). */
function byDefinition(shape: Shape, weights: Weights, variance: number, mean: Float64Array): Float64Array {
  const { level, trend, seasonal, damping } = weights;
  const move = (j: number): number => {
    let carried = 0;
    for (let i = 1; i <= j; i++) carried += damping ** i;
    return level + trend * carried + (shape.seasonal !== "none" && j % shape.period === 0 ? seasonal : 0);
  };
  const theta: number[] = [];
  return mean.map((expected, h) => {
    let sum = 0;
    for (let j = 1; j <= h; j++) sum += move(j) ** 2 * theta[h - j];
    theta.push(shape.error === "additive" ? 1 : expected ** 2 + variance * sum);
    return shape.error === "additive"
      ? variance * (1 + sum)
      : (1 + variance) * theta[theta.length - 1] - expected ** 2;
  });
}

Deno.test("predictVariance() is what the definition gives, in one pass", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.constantFrom("additive" as const, "multiplicative" as const),
      fc.constantFrom("none" as const, "additive" as const),
      fc.integer({ min: 2, max: 9 }),
      fc.record({
        level: share,
        trend: share,
        seasonal: share,
        damping: fc.double({ min: 0.8, max: 1, noNaN: true }),
      }),
      (error, seasonal, period, weights) => {
        const shape: Shape = { error, trend: "additive", damped: true, seasonal, period };
        const mean = Float64Array.from({ length: 30 }, (_, h) => 10 + Math.sin(h));
        const found = new Float64Array(30);
        predictVariance(shape, weights, 0.01, mean, found);
        const wanted = byDefinition(shape, weights, 0.01, mean);
        ok(found.every((value, h) => Math.abs(value / wanted[h] - 1) < 1e-11));
      },
    ),
    { seed: 3, numRuns: 200 },
  );
});

Deno.test("fitEts() with relative errors forecasts the first of many steps as it does few", () => {
  const values = Float64Array.from({ length: 96 }, (_, t) => 50 + 10 * Math.sin(t * Math.PI / 6) + t % 5);
  const model = fitEts(values, { error: "multiplicative", seasonal: "additive", period: 12 });
  const { upper } = model.forecast(200_000);
  ok(upper.every(Number.isFinite));
  deepStrictEqual(upper.slice(0, 40), model.forecast(40).upper);
});
