import { deseasonalize, findPeriods, mstl, seasonalDecompose, stl } from "@pronoia/analytics";
import { metricLike } from "./versus_statsmodels/series.ts";

/**
 * Length and period: hours with a day, minutes with an hour, five minutes with a day, minutes with a day and a week.
 */
const sizes: readonly (readonly [number, number])[] = [
  [700, 24],
  [1440, 60],
  [2016, 288],
  [10_080, 1440],
  [30_240, 10_080],
];
const decompositions: Readonly<Record<string, (values: Float64Array, period: number) => unknown>> = {
  "seasonalDecompose()": (values, period) => seasonalDecompose(values, { period }),
  "stl()": (values, period) => stl(values, { period }),
  "stl() robust": (values, period) => stl(values, { period, robust: true }),
  "stl() with gaps": (values, period) =>
    stl(values.map((value, t) => t % 17 === 3 ? NaN : value), { period }),
  "mstl() of two periods": (values, period) => mstl(values, { periods: [period / 12, period] }),
  "deseasonalize()": (values, period) => deseasonalize(values, { periods: [period] }),
  "findPeriods()": (values) => findPeriods(values),
};

for (const [name, decompose] of Object.entries(decompositions)) {
  for (const [n, period] of sizes) {
    const values = metricLike(n, period);
    Deno.bench({
      name: `${name}, n = ${n}, period ${period}`,
      group: name,
      baseline: n === sizes[0][0],
      fn: () => void decompose(values, period),
    });
  }
}
