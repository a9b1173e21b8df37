import { ok } from "node:assert/strict";
import { Problem } from "../../../analytics/smoothing/_problem.ts";
import type { Shape } from "../../../analytics/smoothing/_shape.ts";

const region = { lower: [0, 0, 0, 0.8], upper: [1, 1, 1, 1], free: [true, true, true, true] };
const values = Float64Array.from({ length: 40 }, (_, t) => t % 13 === 7 ? NaN : 3 + Math.sin(t) / 2 + t / 20);

for (const error of ["additive", "multiplicative"] as const) {
  for (const trend of ["none", "additive", "multiplicative"] as const) {
    for (const seasonal of ["none", "additive", "multiplicative"] as const) {
      const shape: Shape = { error, trend, damped: trend !== "none", seasonal, period: 5 };
      Deno.test(`Problem derivatives of ${error} ${trend} ${seasonal} are those of differences, both ways`, () => {
        const problem = new Problem(shape, values, 37, region);
        const season = {
          none: [],
          additive: [0.1, 0.2, -0.1, 0, -0.2],
          multiplicative: [1.1, 1.2, 0.9, 1, 0.8],
        };
        const slope = { none: 0, additive: 0.02, multiplicative: 1.01 }[trend];
        const point = Float64Array.from([0.3, 0.2, 0.25, 0.9, 3, slope, ...season[seasonal]]);
        const gradient = new Float64Array(point.length);
        problem.evaluate(point);
        problem.pull(problem.residuals, gradient);
        const direction = point.map((_, i) => Math.sin(i + 1));
        const change = new Float64Array(values.length);
        problem.push(direction, change);
        const forwards = change.reduce((sum, value, t) => sum + value * problem.residuals[t], 0);
        const backwards = gradient.reduce((sum, value, i) => sum + value * direction[i], 0);
        ok(Math.abs(forwards - backwards) < 1e-12 * Math.max(1, Math.abs(forwards)));
        for (let i = 0; i < point.length; i++) {
          const at = (step: number) =>
            problem.evaluate(point.map((value, k) => k === i ? value + step : value));
          const difference = (at(1e-6) - at(-1e-6)) / 4e-6;
          // Weights of components that are not there are not part of the problem.
          if (difference === 0 || (trend === "none" && i === 5)) continue;
          ok(
            Math.abs(difference - gradient[i]) < 1e-7 * Math.max(1, Math.abs(difference)),
            `by coordinate ${i}`,
          );
        }
      });
    }
  }
}
