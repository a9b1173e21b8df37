/**
 * How often the next 40 steps of a series seen for only so many steps are said to leave their bound, and how often
 * they do: `deno run bench/accuracy/young_series.ts`. Seeded, so the same everywhere.
 */
import { breachProbability, chooseForecaster } from "@pronoia/analytics";

const HORIZON = 40;
const SERIES = 100;

/** A kind of series, and the bound that a path of it is held against. */
interface Kind {
  readonly name: string;
  readonly max: number;
  value(t: number, noise: () => number, before: number): number;
}

const KINDS: readonly Kind[] = [
  { name: "noise, bound at 4 σ", max: 4, value: (_, noise) => noise() },
  { name: "noise, bound at 6 σ", max: 6, value: (_, noise) => noise() },
  {
    name: "AR(0.9), bound at 4 σ",
    max: 4 / Math.sqrt(1 - 0.81),
    value: (_, noise, before) => 0.9 * before + noise(),
  },
  { name: "constant below its bound", max: 1, value: () => 0 },
  { name: "ramp, out of bounds in 20", max: NaN, value: (t, noise) => t + 0.3 * noise() },
];

console.log(["samples", ...KINDS.map(({ name }) => name)].join(" | "));
for (const samples of [5, 10, 15, 20, 30, 40, 60, 100]) {
  const cells = KINDS.map((kind) => {
    let [said, came] = [0, 0];
    for (let seed = 0; seed < SERIES; seed++) {
      const noise = normal(seed * 7_919 + samples);
      const values: number[] = [];
      for (let t = 0; t < samples + HORIZON; t++) values.push(kind.value(t, noise, values.at(-1) ?? 0));
      const max = Number.isNaN(kind.max) ? samples + 20 : kind.max;
      const forecaster = chooseForecaster(values.slice(0, samples), {
        stepMs: 15_000,
        effort: "quick",
        horizon: HORIZON,
      });
      said += breachProbability(forecaster, { horizon: HORIZON, max, paths: 400 }).probability >= 0.5 ? 1 : 0;
      came += values.slice(samples).some((value) => value > max) ? 1 : 0;
    }
    return `${said} of ${came}`;
  });
  console.log([String(samples), ...cells].join(" | "));
}

/** Standard normal numbers (Box and Muller, over mulberry32). */
function normal(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
