import { countUpTo } from "../../series/_count_up_to.ts";
import type { Analogues } from "./_analogues.ts";
import type { SeenErrorsParts } from "./_near_origins.ts";

/** The paths that were seen, and how much each counts. */
export class SeenStage {
  readonly #parts: SeenErrorsParts;
  readonly #analogues: Analogues;
  /** By how much the errors of each origin are scaled. */
  readonly scales: Float64Array;
  /** How much each path counts: error paths, mirrored ones, value paths, then stretches of the series. */
  readonly weights: Float64Array;
  /** Running sums of the weights, by which a path is drawn. */
  #running: Float64Array | null = null;

  constructor(
    parts: SeenErrorsParts,
    analogues: Analogues,
    counts: { readonly scales: Float64Array; readonly weights: Float64Array },
  ) {
    this.#parts = parts;
    this.#analogues = analogues;
    this.scales = counts.scales;
    this.weights = counts.weights;
  }

  /** How far error path `i` is from the mean at step `k`. */
  offset(i: number, k: number): number {
    const { starts: { length }, steps, errors } = this.#parts;
    const row = i % length;
    return (i < length ? 1 : -1) * errors[row * steps + k] * this.scales[row];
  }

  /** Where in the series value path `i` begins; NaN of error paths. */
  startOf(i: number): number {
    const rows = this.#parts.starts.length;
    if (i >= 3 * rows) return this.#analogues.starts[i - 3 * rows];
    return i >= 2 * rows ? this.#parts.starts[i - 2 * rows] : NaN;
  }

  /** The path at this share of all weights. */
  pick(uniform: number): number {
    let sum = 0;
    const running = this.#running ??= this.weights.map((weight) => sum += weight);
    const last = running.length - 1;
    return Math.min(last, countUpTo(running, uniform * running[last], true));
  }
}
