import { breachProbability, forecast } from "@pronoia/analytics";
import { createGenerator, type Generator } from "../../analytics/random/_generator.ts";
import { mean } from "./statistics.ts";

/** How likely the bounds truly are to be broken. */
const TRUE = [0.05, 0.2, 0.5];
/** True continuations of each series, from which its bounds are taken. */
const CONTINUATIONS = 2000;

interface Process {
  /** What the noise does next. */
  readonly next: (state: number, random: Generator) => number;
  /** What it is added to. */
  readonly level?: (t: number) => number;
  readonly periods?: readonly number[];
}

const memory = (share: number) => (state: number, random: Generator): number =>
  share * state + random.normal();

const processes: Readonly<Record<string, Process>> = {
  "white": { next: memory(0) },
  "uniform": { next: (_, random) => random.uniform() },
  "AR(.5)": { next: memory(0.5) },
  "season of 24": { next: memory(0), level: (t) => 3 * Math.sin(2 * Math.PI * t / 24), periods: [24] },
  "bursts": {
    next: (state, random) => random.normal() + (random.uniform() < (state > 10 ? 0.8 : 0.01) ? 20 : 0),
  },
  "ramp": { next: memory(0), level: (t) => 0.02 * t },
  "AR(.95)": { next: memory(0.95) },
  "random walk": { next: memory(1) },
};

/** Prints what is said of bounds that are broken with a known probability, by process, length and horizon. */
export function reportBreach(
  { seeds, horizons, lengths, names }: {
    readonly seeds: number;
    readonly horizons: readonly number[];
    readonly lengths: readonly number[];
    readonly names?: string;
  },
): void {
  console.log(`Breaches of known probability, ${seeds} series each: mean probability said, and coverage`);
  console.log(
    "process        values     h   said at " + TRUE.map((p) => `${p}`.padEnd(6)).join("") + "of 95 %",
  );
  for (const [name, process] of Object.entries(processes)) {
    if (names !== undefined && !names.split(",").includes(name)) continue;
    for (const length of lengths) {
      for (const horizon of horizons) {
        const trials = Array.from({ length: seeds }, (_, seed) => tryOut(process, length, horizon, seed + 1));
        const cells = TRUE.map((_, i) => mean(trials.map(({ said }) => said[i])).toFixed(3).padEnd(6));
        console.log(
          `${name.padEnd(14)}${String(length).padStart(7)}${String(horizon).padStart(6)}` +
            `           ${cells.join("")}${(100 * mean(trials.map(({ inside }) => inside))).toFixed(1)}`,
        );
      }
    }
  }
}

function tryOut(
  { next, level = () => 0, periods = [] }: Process,
  length: number,
  horizon: number,
  seed: number,
): { readonly said: number[]; readonly inside: number } {
  const random = createGenerator(seed, 0);
  let state = 0;
  const values = Float64Array.from({ length }, (_, t) => level(t) + (state = next(state, random)));
  const made = forecast(values, { horizon, periods });
  let inside = 0;
  const highest = Float64Array.from({ length: CONTINUATIONS }, () => {
    let [later, high] = [state, -Infinity];
    for (let k = 0; k < horizon; k++) {
      const value = level(length + k) + (later = next(later, random));
      high = Math.max(high, value);
      if (made.lower[k] <= value && value <= made.upper[k]) inside++;
    }
    return high;
  }).sort();
  return {
    said: TRUE.map((share) => {
      const max = highest[Math.round((1 - share) * CONTINUATIONS) - 1];
      return breachProbability(made, { max }).probability;
    }),
    inside: inside / (CONTINUATIONS * horizon),
  };
}
