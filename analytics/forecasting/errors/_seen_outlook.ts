import { createGenerator } from "../../random/_generator.ts";
import type { Analogues } from "./_analogues.ts";
import type { Outlook } from "./_errors.ts";
import { poolAscending } from "./_pool_ascending.ts";
import { weightedQuantile } from "./_weighted_quantile.ts";
import type { SeenErrorsParts } from "./_near_origins.ts";
import type { SeenStage } from "./_seen_stage.ts";
import { grownBy } from "../limits/_pace.ts";

/** Finitely many paths end before the true tails do: the interval is cut this much closer to their ends. */
const TAIL_SHARE = 0.7;
/** Power of the horizon by which an interval grows at least beyond what was seen. */
const GROWTH_MIN = 0.05;

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
  /** By step, the share that is kept of the error at the end of the stage before. */
  readonly #kept: number[] = [];
  /** What the distances of 80 % show: their width at each step, and the power of the horizon by which it grows. */
  #widths: { readonly widths: Float64Array; readonly exponent: number } | null = null;

  constructor(parts: SeenErrorsParts, analogues: Analogues, mean: Float64Array, stages: SeenStages) {
    this.#parts = parts;
    this.#analogues = analogues;
    this.#mean = mean;
    this.#stages = stages;
  }

  reach(confidence: number, horizon: number): { below: Float64Array; above: Float64Array } {
    const { below, above } = this.#reachSeen(confidence);
    return { below: this.#extend(below, horizon), above: this.#extend(above, horizon) };
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

  #extend(known: Float64Array, horizon: number): Float64Array {
    const last = known.length;
    if (horizon <= last) return known.slice(0, horizon);
    const exponent = Math.max(GROWTH_MIN, this.#seenWidths().exponent);
    return Float64Array.from(
      { length: horizon },
      (_, k) => k < last ? known[k] : known[last - 1] * this.#widening(k, exponent),
    );
  }

  /** How many times as wide as at the last step that was seen it is at another, whatever the confidence. */
  #widening(k: number, exponent: number): number {
    const { steps, pace, actual } = this.#parts;
    return ((k + 1) / steps) ** exponent * grownBy(pace, Math.min(k + 1 - steps, actual.length));
  }

  #seenWidths(): { readonly widths: Float64Array; readonly exponent: number } {
    if (this.#widths === null) {
      const { below, above } = this.#reachSeen(0.8);
      const widths = below.map((reach, k) => reach + above[k]);
      this.#widths = { widths, exponent: Math.max(this.#parts.growth, growthExponent(widths)) };
    }
    return this.#widths;
  }

  draw(seed: number, number: number, path: Float64Array): void {
    const { steps, pace, actual } = this.#parts;
    const mean = this.#mean;
    const random = createGenerator(seed, number);
    let [error, at, start] = [0, 0, NaN];
    for (let from = 0; from < path.length; from += steps) {
      // Beyond what was seen values go on as they did, to the end of the series. Any other path goes on as if a forecast
      // had been made anew at its end, but for what it keeps of its error there: a walk all of it, noise nothing.
      const stage = this.#drawn[from / steps] ??= this.#stages.forPaths(from, this.#keptAt(from + steps - 1));
      start += steps;
      if (!(start + steps <= actual.length)) {
        at = stage.pick(random.uniform());
        start = stage.startOf(at);
      }
      const grown = grownBy(pace, Math.min(from, actual.length));
      for (let k = 0; k < Math.min(steps, path.length - from); k++) {
        // A value that came is drawn to the last digit, as bounds are often such values.
        path[from + k] = start === start
          ? this.#analogues.at(start + k)
          : mean[from + k] + this.#keptAt(from + k) * error + grown * stage.offset(at, k);
      }
      error = path[from + steps - 1] - mean[from + steps - 1];
    }
  }

  /**
   * The share of its error at the end of the stage before that a path keeps at step `k`, so that with the errors of
   * its own stage it is as far off as paths are there.
   */
  #keptAt(k: number): number {
    const { steps, pace, actual } = this.#parts;
    const from = Math.floor(k / steps) * steps;
    const kept = this.#kept[k];
    if (from === 0 || kept !== undefined) return kept ?? 0;
    const { widths, exponent } = this.#seenWidths();
    const own = grownBy(pace, Math.min(from, actual.length)) * (widths[k - from] / widths[steps - 1] || 1);
    const rest = this.#widening(k, exponent) ** 2 - own ** 2;
    return this.#kept[k] = Math.sqrt(Math.max(0, rest)) / this.#widening(from - 1, exponent);
  }
}

/** How the width goes on as a power of the horizon, from its second half: between not at all and as a random walk. */
function growthExponent(widths: Float64Array): number {
  const last = widths.length;
  const middle = Math.max(1, Math.floor(last / 2));
  const earlier = widths[middle - 1];
  if (last < 2) return 0.5;
  const slope = Math.log(widths[last - 1] / earlier) / Math.log(last / middle);
  return earlier > 0 ? Math.min(0.5, Math.max(0, slope)) : 0;
}
