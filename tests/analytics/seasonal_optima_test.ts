import { ok } from "node:assert/strict";
import { fitEts } from "@pronoia/analytics";
import { createGenerator } from "../../analytics/random/_generator.ts";

/**
 * A season that changes fast beside a level that changes slowly, with a trend: the surface has an optimum for each.
 */
function movingSeason(seed: number, { length, period }: { length: number; period: number }): Float64Array {
  const random = createGenerator(seed, 5);
  const level = 0.05 + 0.3 * random.uniform();
  const seasonal = (1 - level) * (0.6 + 0.4 * random.uniform());
  const trend = 0.05 * level;
  let [height, slope] = [100, 0.5 * random.normal()];
  const season = Array.from({ length: period }, () => 8 * random.normal());
  return Float64Array.from({ length }, (_, t) => {
    const error = random.normal() * (t % period < period / 2 ? 0.5 : 2);
    const value = height + slope + season[t % period] + error;
    height += slope + level * error;
    slope += trend * error;
    season[t % period] += seasonal * error;
    return value;
  });
}

for (const period of [7, 24]) {
  Deno.test(`fitEts() finds no optimum worse than weights held anywhere, period ${period}`, () => {
    for (let seed = 1; seed <= 12; seed++) {
      const values = movingSeason(seed, { length: period === 7 ? 120 : 400, period });
      const shape = { trend: "additive", seasonal: "additive", period } as const;
      const free = fitEts(values, shape).logLikelihood;
      for (const level of [0.05, 0.1, 0.2, 0.35, 0.6, 0.9]) {
        for (const share of [0, 0.5, 0.9, 1]) {
          for (const trend of [0, 0.05 * level, 0.5 * level]) {
            const held = { level, trend, seasonal: share * (1 - level) };
            const { logLikelihood } = fitEts(values, { ...shape, smoothing: held });
            ok(
              free >= logLikelihood - 1e-6,
              `seed ${seed}: ${free}, held ${JSON.stringify(held)} ${logLikelihood}`,
            );
          }
        }
      }
    }
  });
}
