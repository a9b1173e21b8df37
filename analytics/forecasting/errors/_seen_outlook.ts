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

/** What counts less does not move the end of an interval. */
const NEGLIGIBLE = 1e-9;

/** So few paths do not tell the ends of an interval. */
const OFFSETS_MIN = 120;

/** Where there are fewer, those steps count as well that are within this share of a step's distance. */
const AROUND = 0.25;

/** Beyond what was seen distances grow with at least this power of the horizon. */
const GROWTH_MIN = 0.05;

/**
 * Beyond what was seen errors are so much larger or smaller, so that a bound just beyond the largest is not out of
 * reach.
 */
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

  constructor(parts: SeenErrorsParts, analogues: Analogues, mean: Float64Array, stages: SeenStages) {
    this.#parts = parts;
    this.#analogues = analogues;
    this.#mean = mean;
    this.#stages = stages;
  }

  reach(confidence: number, horizon: number): { below: Float64Array; above: Float64Array } {
    const { steps, starts, means, errors } = this.#parts;
    const mean = this.#mean;
    const rows = starts.length;
    const tail = TAIL_SHARE * (1 - confidence) / 2;
    const below = new Float64Array(steps);
    const above = new Float64Array(steps);
    const { scales, weights } = this.#stages.forEnds;
    const picks = Math.ceil(OFFSETS_MIN / rows);
    const offsets = new Float64Array(3 * picks * rows);
    const worths = new Float64Array(offsets.length);
    for (let k = 0; k < steps; k++) {
      let count = 0;
      for (let p = 0; p < picks; p++) {
        // Evenly around the step, and the step itself where one is enough.
        const at = Math.min(steps - 1, Math.round(k * (1 + AROUND * ((2 * p + 1) / picks - 1))));
        for (let row = 0; row < rows; row++) {
          const entry = row * steps + at;
          for (let kind = 0; kind < 3; kind++) {
            const weight = weights[kind * rows + row];
            if (!(weight > NEGLIGIBLE)) continue;
            offsets[count] = kind < 2
              ? (1 - 2 * kind) * errors[entry] * scales[row]
              : means[entry] + errors[entry] - mean[at];
            worths[count++] = weight;
          }
        }
      }
      const quantile = (share: number): number =>
        weightedQuantile(offsets.subarray(0, count), worths.subarray(0, count), share);
      below[k] = Math.max(0, -quantile(tail));
      above[k] = Math.max(0, quantile(1 - tail));
    }
    return {
      below: this.#carryOn(poolAscending(below), horizon),
      above: this.#carryOn(poolAscending(above), horizon),
    };
  }

  /**
   * Goes on beyond what was seen: to the errors of another path comes what is left of those at the end of the one
   * before, as variances add up. A series may still do what it never did, so distances grow at least by a power of
   * the horizon. The same for every confidence, so that a wider interval stays the wider one.
   */
  #carryOn(seen: Float64Array, horizon: number): Float64Array {
    const { steps, pace, actual, growth } = this.#parts;
    const all = new Float64Array(horizon);
    all.set(seen.subarray(0, horizon));
    const power = Math.max(growth, GROWTH_MIN);
    for (let k = steps; k < horizon; k++) {
      const from = k - k % steps;
      const memory = (this.#memory ??= errorMemory(this.#parts))[k % steps];
      const another = grownBy(pace, Math.min(from, actual.length)) * seen[k % steps];
      const least = grownBy(pace, Math.min(k + 1 - steps, actual.length)) * seen[steps - 1];
      all[k] = Math.max(
        all[k - 1],
        Math.hypot(memory * all[from - 1], another),
        least * ((k + 1) / steps) ** power,
      );
    }
    return all;
  }

  draw(seed: number, number: number, path: Float64Array): void {
    const { steps, pace, actual } = this.#parts;
    const mean = this.#mean;
    const random = createGenerator(seed, number);
    let [error, at, start] = [0, 0, NaN];
    for (let from = 0; from < path.length; from += steps) {
      // Beyond what was seen values go on as they did, to the end of the series. Any other path goes on as if a
      // forecast had been made anew at its end, but for what it keeps of its error there: a walk all of it, noise
      // nothing.
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
          ? this.#analogues.filled[start + k]
          : mean[from + k] + (memory?.[k] ?? 0) * error + sized * stage.offset(at, k);
      }
      error = path[from + steps - 1] - mean[from + steps - 1];
    }
  }
}
