import { createGenerator } from "../random/_generator.ts";
import type { Outlook } from "./_errors.ts";
import { poolAscending } from "./_pool_ascending.ts";
import { weightedQuantile } from "./_weighted_quantile.ts";
import type { PathWeights, SeenErrorsParts } from "./_weigh_paths.ts";

/** Finitely many paths end before the true tails do: the interval is cut this much closer to their ends. */
const TAIL_SHARE = 0.7;

/** What is expected around one forecast, from the paths that were seen and how much each counts. */
export class SeenOutlook implements Outlook {
  readonly #parts: SeenErrorsParts;
  readonly #weights: Float64Array;
  readonly #scales: Float64Array;
  readonly #mean: Float64Array;
  /** Running sums of the weights, by which a path is drawn. */
  #running: Float64Array | null = null;
  /** Power of the horizon by which distances grow beyond what was seen. */
  #exponent: number | null = null;

  constructor(parts: SeenErrorsParts, weights: PathWeights | null, mean: Float64Array) {
    const rows = parts.starts.length;
    this.#parts = parts;
    this.#weights = weights?.weights ?? new Float64Array(3 * rows).fill(1);
    this.#scales = weights?.scales ?? new Float64Array(rows).fill(1);
    this.#mean = mean;
  }

  reach(confidence: number, horizon: number): { below: Float64Array; above: Float64Array } {
    const { below, above } = this.#reachSeen(confidence);
    const exponent = horizon > below.length ? this.#growthExponent() : 0;
    return { below: extend(below, horizon, exponent), above: extend(above, horizon, exponent) };
  }

  #reachSeen(confidence: number): { below: Float64Array; above: Float64Array } {
    const { steps } = this.#parts;
    const tail = TAIL_SHARE * (1 - confidence) / 2;
    const below = new Float64Array(steps);
    const above = new Float64Array(steps);
    const offsets = new Float64Array(this.#weights.length);
    const weights = new Float64Array(this.#weights.length);
    for (let k = 0; k < steps; k++) {
      for (let i = 0; i < offsets.length; i++) offsets[i] = this.#offset(i, k);
      weights.set(this.#weights);
      below[k] = Math.max(0, -weightedQuantile(offsets, weights, tail));
      above[k] = Math.max(0, weightedQuantile(offsets, weights, 1 - tail));
    }
    return { below: poolAscending(below), above: poolAscending(above) };
  }

  /** The same for every confidence, so that a wider interval stays the wider one. */
  #growthExponent(): number {
    if (this.#exponent === null) {
      const { below, above } = this.#reachSeen(0.8);
      this.#exponent = growthExponent(below, above);
    }
    return this.#exponent;
  }

  draw(seed: number, number: number, path: Float64Array): void {
    const { steps } = this.#parts;
    const random = createGenerator(seed, number);
    let at = this.#pick(random.uniform());
    const known = Math.min(steps, path.length);
    for (let k = 0; k < known; k++) path[k] = this.#mean[k] + this.#offset(at, k);
    // Beyond what was seen the path keeps its last distance, widening, and changes over to another now and then.
    const exponent = known < path.length ? this.#growthExponent() : 0;
    for (let k = known; k < path.length; k++) {
      if (random.uniform() * steps < 1) at = this.#pick(random.uniform());
      path[k] = this.#mean[k] + this.#offset(at, steps - 1) * ((k + 1) / steps) ** exponent;
    }
  }

  /** How far path `i` is from the mean at step `k`. */
  #offset(i: number, k: number): number {
    const { steps, actual, starts, means } = this.#parts;
    const rows = starts.length;
    const row = i % rows;
    const start = starts[row];
    let last = k;
    // A missing value counts as off by as much as the one before it.
    while (last > 0 && actual[start + last] !== actual[start + last]) last--;
    const then = means[row * steps + last];
    const error = actual[start + last] === actual[start + last] ? actual[start + last] - then : 0;
    if (i < rows) return error * this.#scales[row];
    if (i < 2 * rows) return -error * this.#scales[row];
    return means[row * steps + k] + error - this.#mean[k];
  }

  #pick(uniform: number): number {
    if (this.#running === null) {
      let sum = 0;
      this.#running = this.#weights.map((weight) => sum += weight);
    }
    const running = this.#running;
    const target = uniform * running[running.length - 1];
    let low = 0;
    let high = running.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (running[middle] > target) high = middle;
      else low = middle + 1;
    }
    return low;
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

function extend(known: Float64Array, horizon: number, exponent: number): Float64Array {
  const last = known.length;
  return Float64Array.from({ length: horizon }, (_, k) => {
    return k < last ? known[k] : known[last - 1] * ((k + 1) / last) ** exponent;
  });
}
