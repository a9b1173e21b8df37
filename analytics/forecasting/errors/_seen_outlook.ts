import { createGenerator } from "../../random/_generator.ts";
import { countUpTo } from "../../series/_count_up_to.ts";
import type { Outlook } from "./_errors.ts";
import type { Analogues } from "./_analogues.ts";
import { poolAscending } from "./_pool_ascending.ts";
import { weightedQuantile } from "./_weighted_quantile.ts";
import type { SeenErrorsParts } from "./_near_origins.ts";
import { errorAt } from "./_error_at.ts";
import { grownBy } from "../limits/_pace.ts";

/** Finitely many paths end before the true tails do: the interval is cut this much closer to their ends. */
const TAIL_SHARE = 0.7;

/** How much each path counts, and by how much its errors are scaled. */
export interface PathCounts {
  readonly scales: Float64Array;
  /** For the ends of intervals. */
  readonly forEnds: Float64Array;
  /** For what is drawn, stretches of the series included; not before anything is. */
  readonly forPaths: () => Float64Array;
}

/** What is expected around one forecast, from the paths that were seen and how much each counts. */
export class SeenOutlook implements Outlook {
  readonly #parts: SeenErrorsParts;
  readonly #analogues: Analogues;
  readonly #mean: Float64Array;
  readonly #counts: PathCounts;
  /** Running sums of the weights, by which a path is drawn. */
  #running: Float64Array | null = null;
  /** Power of the horizon by which distances grow beyond what was seen. */
  #exponent: number | null = null;

  constructor(parts: SeenErrorsParts, analogues: Analogues, mean: Float64Array, counts: PathCounts) {
    this.#analogues = analogues;
    this.#parts = parts;
    this.#mean = mean;
    this.#counts = counts;
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
    const { forEnds } = this.#counts;
    const offsets = new Float64Array(forEnds.length);
    const weights = new Float64Array(forEnds.length);
    for (let k = 0; k < steps; k++) {
      for (let i = 0; i < offsets.length; i++) offsets[i] = this.#offset(i, k);
      weights.set(forEnds);
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
    const { steps } = this.#parts;
    const random = createGenerator(seed, number);
    let at = this.#pick(random.uniform());
    const known = Math.min(steps, path.length);
    for (let k = 0; k < known; k++) path[k] = this.#value(at, k);
    // Beyond what was seen the path keeps its last distance, widening, and changes over to another now and then.
    const widen = known < path.length ? this.#widening() : () => 1;
    for (let k = known; k < path.length; k++) {
      if (random.uniform() * steps < 1) at = this.#pick(random.uniform());
      path[k] = this.#mean[k] + this.#offset(at, steps - 1) * widen(k);
    }
  }

  /** How far path `i` is from the mean at step `k`. */
  #offset(i: number, k: number): number {
    const rows = this.#parts.starts.length;
    const error = errorAt(this.#parts, i % rows, k);
    if (i < rows) return error * this.#counts.scales[i];
    if (i < 2 * rows) return -error * this.#counts.scales[i - rows];
    if (i >= 3 * rows) return this.#analogues.value(i - 3 * rows, k) - this.#mean[k];
    return this.#parts.means[(i - 2 * rows) * this.#parts.steps + k] + error - this.#mean[k];
  }

  /** Path `i` at step `k`: a value that came is drawn to the last digit, as bounds are often such values. */
  #value(i: number, k: number): number {
    const { actual, starts } = this.#parts;
    if (i >= 3 * starts.length) return this.#analogues.value(i - 3 * starts.length, k);
    const row = i - 2 * starts.length;
    const came = row >= 0 ? actual[starts[row] + k] : NaN;
    return came === came ? came : this.#mean[k] + this.#offset(i, k);
  }

  #pick(uniform: number): number {
    if (this.#running === null) {
      let sum = 0;
      this.#running = this.#counts.forPaths().map((weight) => sum += weight);
    }
    const last = this.#running.length - 1;
    return Math.min(last, countUpTo(this.#running, uniform * this.#running[last], true));
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
