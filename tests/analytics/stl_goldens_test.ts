import { ok } from "node:assert/strict";
import { stl, type StlOptions } from "@pronoia/analytics";
import { agrees } from "./goldens/component.ts";
import statsmodels from "./goldens/decomposition.json" with { type: "json" };
import r from "./goldens/decomposition_r.json" with { type: "json" };

function largest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

statsmodels.stl.forEach(({ series, options, trend, seasonal, weights }) => {
  Deno.test(`stl() agrees with ${statsmodels.source} on ${series} ${JSON.stringify(options)}`, () => {
    const values = statsmodels.series[series as keyof typeof statsmodels.series];
    const result = stl(values, options as StlOptions);
    agrees(result.trend, trend, largest(values));
    agrees(result.seasonal, seasonal, largest(values));
    agrees(result.weights, weights, 1);
  });
});

const R_DEFAULTS = { seasonalDegree: 0, lowPassWindow: 13, seasonalJump: 3, trendJump: 3, lowPassJump: 2 };
const logCo2 = r.co2.map(Math.log);

Deno.test("stl() agrees with R on log(co2) and its published summary", () => {
  const result = stl(logCo2, {
    period: 12,
    seasonalWindow: 21,
    trendWindow: 21,
    innerIterations: 2,
    ...R_DEFAULTS,
  });
  agrees(result.trend, r.stl.window.trend, 6);
  agrees(result.seasonal, r.stl.window.seasonal, 6);
  // Reference output of R's own examples, tests/Examples/stats-Ex.Rout.save.
  const close = (found: number, published: number) => ok(Math.abs(found - published) < 5e-7, `${found}`);
  close(Math.min(...result.seasonal), -9.939103e-3);
  close(Math.max(...result.seasonal), 9.114691e-3);
  close(Math.min(...result.remainder), -2.255405e-3);
  close(Math.max(...result.remainder), 1.939626e-3);
  ok(Math.abs(Math.min(...result.trend) - 5.753541) < 5e-7);
  ok(Math.abs(Math.max(...result.trend) - 5.898750) < 5e-7);
});

Deno.test('stl() agrees with R for the window "periodic"', () => {
  const result = stl(logCo2, {
    period: 12,
    seasonalWindow: "periodic",
    innerIterations: 2,
    ...R_DEFAULTS,
    seasonalJump: 469,
    trendJump: 2,
  });
  agrees(result.trend, r.stl.periodic.trend, 6);
  agrees(result.seasonal, r.stl.periodic.seasonal, 6);
});

Deno.test("stl() agrees with R when robust", () => {
  const result = stl(logCo2, {
    period: 12,
    seasonalWindow: 21,
    trendWindow: 21,
    lowPassWindow: 13,
    seasonalDegree: 0,
    robust: true,
    innerIterations: 1,
  });
  // R and statsmodels themselves differ by this much here, and only here; we are on statsmodels' side.
  agrees(result.trend, r.stl.robust.trend, 6, 1e-7);
  agrees(result.seasonal, r.stl.robust.seasonal, 6, 1e-7);
  agrees(result.weights, r.stl.robust.weights, 1, 1e-4);
});
