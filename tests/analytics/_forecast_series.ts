import type { Forecaster } from "@pronoia/analytics";
import { noise, randomWalk, seasonalSeries } from "./_series.ts";

/** Hours with a day. */
export const seasonal = seasonalSeries(480, 24, 1);

/** One series per kind of method that can win, with the periods to give. */
export const series: Record<string, { values: Float64Array; periods: number[] }> = {
  seasonal: { values: seasonal, periods: [24] },
  "two seasons": {
    values: seasonal.map((value, t) => value + (t % 48 < 24 ? 5 : -5)),
    periods: [24, 48],
  },
  "random walk": { values: randomWalk(400, 2), periods: [] },
  noise: { values: noise(300, 3), periods: [] },
  trend: { values: noise(300, 4).map((error, t) => 3 * t + error), periods: [] },
  "with gaps": {
    values: seasonal.map((value, t) => t % 11 === 3 || (t > 200 && t < 230) ? NaN : value),
    periods: [24],
  },
  counts: { values: noise(400, 5).map((error) => Math.max(0, Math.round(error - 1))), periods: [] },
  short: { values: Float64Array.from([3, 1, 4, 1, 5, 9, 2, 6]), periods: [] },
};

/** All that a forecast says, of which four paths. */
export const sides = (forecaster: Forecaster, horizon = 12): number[][] => {
  const { mean, lower, upper, simulate } = forecaster.forecast(horizon);
  return [mean, lower, upper, ...simulate({ paths: 4, seed: 3 })].map((side) => [...side]);
};
