import { forecast, intervalCoverage } from "@pronoia/analytics";
import { createGenerator } from "../../analytics/random/_generator.ts";

/** Values seen, steps ahead, and series of every kind. */
const LENGTH = 720;
const HORIZON = 240;
const SEEDS = 20;

/** Prints how well geometric growth is carried on, with and without a season that grows along. */
export function reportGrowth(effort: "quick" | "full"): void {
  console.log(`Growth, ${LENGTH} values, ${HORIZON} steps ahead, ${SEEDS} series each, effort ${effort}`);
  console.log("rate    grows by  noise  season  mean, of true  95 % intervals hold  width, of true");
  for (const rate of [0.001, 0.003, 0.01]) {
    for (const noise of [0.01, 0.1]) {
      for (const swing of [0, 0.3]) reportSeries({ rate, noise, swing }, effort);
    }
  }
}

function reportSeries(
  { rate, noise, swing }: { readonly rate: number; readonly noise: number; readonly swing: number },
  effort: "quick" | "full",
): void {
  const level = (t: number): number => Math.exp(rate * t) * (1 + swing * Math.sin(2 * Math.PI * t / 24));
  const end = level(LENGTH + HORIZON - 1);
  let [mean, held, width] = [0, 0, 0];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const random = createGenerator(seed, 0);
    const all = Float64Array.from(
      { length: LENGTH + HORIZON },
      (_, t) => level(t) * Math.exp(noise * random.normal()),
    );
    const periods = swing > 0 ? [24] : [];
    const made = forecast(all.subarray(0, LENGTH), { horizon: HORIZON, periods, effort });
    mean += made.mean[HORIZON - 1] / end / SEEDS;
    held += intervalCoverage(all.subarray(LENGTH), made) / SEEDS;
    width += (made.upper[HORIZON - 1] - made.lower[HORIZON - 1]) / end / SEEDS;
  }
  const grows = Math.exp(rate * HORIZON);
  console.log(
    [
      String(rate).padEnd(6),
      grows.toFixed(1).padStart(8),
      String(noise).padStart(7),
      (swing > 0 ? "24" : "-").padStart(8),
      mean.toFixed(2).padStart(15),
      `${(100 * held).toFixed(1)} %`.padStart(21),
      width.toFixed(3).padStart(16),
    ].join(""),
  );
}
