import { createGenerator } from "../../random/_generator.ts";
import type { Analogues } from "./_analogues.ts";
import type { Outlook } from "./_errors.ts";
import { errorMemory } from "./_error_memory.ts";
import { poolAscending } from "./_pool_ascending.ts";
import { weightedQuantile } from "./_weighted_quantile.ts";
import type { SeenErrorsParts } from "./_near_origins.ts";
import type { SeenStage } from "./_seen_stage.ts";
import { grownBy } from "../limits/_pace.ts";

/** Finitely many paths end before the true tails do: the interval is cut this much closer to their ends. */
const TAIL_SHARE = 0.7;

/** Beyond what was seen errors are so much larger or smaller, so that a bound just beyond the largest is not out of reach. */
const JITTER = 0.1;

/** The paths that were seen, around as much of a forecast as they are long. */
export interface SeenStages {
  /** For the ends of intervals, around the first steps. */
  readonly forEnds: SeenStage;
  /** For what is drawn from step `from` on, where errors keep this share of their size for as long as a path. */
  readonly forPaths: (from: number, kept: number) => SeenStage;
}

/** What is expected around one forecast, from the paths that were seen and how much each counts. */
export class SeenOutlook implements Outlook {
  readonly #parts: SeenErrorsParts;
  readonly #analogues: Analogues;
  readonly #mean: Float64Array;
  readonly #stages: SeenStages;
  /** What paths are drawn from, stage by stage; not before any is drawn. */
  readonly #drawn: SeenStage[] = [];
  /** The share of an error that is left so many steps later. */
  #memory: Float64Array | null = null;
  /** Power of the horizon by which distances grow beyond what was seen. */
  #exponent: number | null = null;

  constructor(parts: SeenErrorsParts, analogues: Analogues, mean: Float64Array, stages: SeenStages) {
    this.#parts = parts;
    this.#analogues = analogues;
    this.#mean = mean;
    this.#stages = stages;
  }

  reach(confidence: number, horizon: number): { below: Float64Array; above: Float64Array } {
    const { below, above } = this.#reachSeen(confidence);
    const widen = horizon > below.length ? this.#widening() : () => 1;
    return { below: extend(below, horizon, widen), above: extend(above, horizon, widen) };
  }

  #reachSeen(confidence: number): { below: Float64Array; above: Float64Array } {
    const { steps } = this.#parts;
    const tail = TAIL_SHARE * (1 - confidence) / 2;
    const below = new Float64Array(steps);
    const above = new Float64Array(steps);
    const stage = this.#stages.forEnds;
    const weights = new Float64Array(stage.weights.length);
    const offsets = new Float64Array(weights.length);
    for (let k = 0; k < steps; k++) {
      for (let i = 0; i < offsets.length; i++) offsets[i] = stage.offset(i, k);
      weights.set(stage.weights);
      below[k] = Math.max(0, -weightedQuantile(offsets, weights, tail));
      above[k] = Math.max(0, weightedQuantile(offsets, weights, 1 - tail));
    }
    return { below: poolAscending(below), above: poolAscending(above) };
  }

  /**
   * How many times as wide as at the last step that was seen it is at another: the same for every confidence, so that a
   * wider interval stays the wider one.
   */
  #widening(): (k: number) => number {
    const { steps, growth, pace, actual } = this.#parts;
    if (this.#exponent === null) {
      const { below, above } = this.#reachSeen(0.8);
      this.#exponent = Math.max(growth, growthExponent(below, above));
    }
    const exponent = this.#exponent;
    return (k) => ((k + 1) / steps) ** exponent * grownBy(pace, Math.min(k + 1 - steps, actual.length));
  }

  draw(seed: number, number: number, path: Float64Array): void {
    const { steps, pace, actual } = this.#parts;
    const mean = this.#mean;
    const random = createGenerator(seed, number);
    let [error, at, start] = [0, 0, NaN];
    for (let from = 0; from < path.length; from += steps) {
      // Beyond what was seen values go on as they did, to the end of the series. Any other path goes on as if a forecast
      // had been made anew at its end, but for what it keeps of its error there: a walk all of it, noise nothing.
      const memory = from > 0 ? this.#memory ??= errorMemory(this.#parts) : null;
      const stage = this.#drawn[from / steps] ??= this.#stages.forPaths(from, memory?.[steps - 1] ?? 0);
      start += steps;
      if (!(start + steps <= actual.length)) {
        at = stage.pick(random.uniform());
        start = stage.startOf(at);
      }
      const sized = from > 0
        ? grownBy(pace, Math.min(from, actual.length)) * (1 + JITTER * random.normal())
        : 1;
      for (let k = 0; k < Math.min(steps, path.length - from); k++) {
        // A value that came is drawn to the last digit, as bounds are often such values.
        path[from + k] = start === start
          ? this.#analogues.at(start + k)
          : mean[from + k] + (memory?.[k] ?? 0) * error + sized * stage.offset(at, k);
      }
      error = path[from + steps - 1] - mean[from + steps - 1];
    }
  }
}

/** How the width goes on as a power of the horizon, from its second half: between hardly and as a random walk. */
function growthExponent(below: Float64Array, above: Float64Array): number {
  const last = below.length;
  const middle = Math.max(1, Math.floor(last / 2));
  const earlier = below[middle - 1] + above[middle - 1];
  if (last < 2 || !(earlier > 0)) return 0.5;
  const slope = Math.log((below[last - 1] + above[last - 1]) / earlier) / Math.log(last / middle);
  return Math.min(0.5, Math.max(0.05, slope));
}

function extend(known: Float64Array, horizon: number, widen: (k: number) => number): Float64Array {
  const last = known.length;
  return Float64Array.from({ length: horizon }, (_, k) => k < last ? known[k] : known[last - 1] * widen(k));
}
