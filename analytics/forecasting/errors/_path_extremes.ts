import type { Analogues } from "./_analogues.ts";
import type { SeenErrorsParts } from "./_near_origins.ts";
import { errorsOf } from "./_error_at.ts";

/** Shares of the values that are within the bounds that are tried. */
const WITHIN = [0.5, 0.7, 0.8, 0.9, 0.95, 0.98];

/** The highest values of paths, one entry per origin, and their lowest ones negated, so that bounds lie above both. */
type Sides = readonly [Float64Array, Float64Array];

/** How far paths go up and down, and bounds to hold against it. */
export class PathExtremes {
  /** Of what came. */
  readonly came: Sides;
  /** Of a forecast and the errors that came. */
  readonly plain: Sides;
  /** The same with the errors mirrored. */
  readonly mirrored: Sides;
  /** Of the stretches of the series. */
  readonly stretches: Sides;
  /** Bounds to hold against each side, ascending. */
  readonly bounds: readonly [readonly number[], readonly number[]];
  readonly #steps: number;
  /** The errors that came, row by row. */
  readonly #errors: Float64Array;
  readonly #settle: (value: number) => number;

  constructor(parts: SeenErrorsParts, analogues: Analogues, settle: (value: number) => number) {
    const { steps, actual, starts, means } = parts;
    const sides = (count = starts.length): Sides => [new Float64Array(count), new Float64Array(count)];
    this.came = sides();
    this.plain = sides();
    this.mirrored = sides();
    this.stretches = sides(analogues.starts.length);
    this.#steps = steps;
    this.#settle = settle;
    this.#errors = errorsOf(parts);
    starts.forEach((_, row) => {
      this.#add(this.came, row, (k) => means[row * steps + k] + this.#errors[row * steps + k]);
    });
    analogues.starts.forEach((start, i) => this.#add(this.stretches, i, (k) => analogues.at(start + k)));
    const sorted = actual.slice(starts[0]).filter((value) => value === value).map(settle).sort();
    const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))];
    this.bounds = [WITHIN.map(at), WITHIN.map((share) => -at(1 - share))];
  }

  /** Puts the errors of some rows, each scaled, around a forecast. */
  addErrors(mean: Float64Array, rows: readonly number[], scales: Float64Array): void {
    const steps = this.#steps;
    const errors = this.#errors;
    for (const row of rows) {
      const scale = scales[row];
      let [high, low, turnedHigh, turnedLow] = [-Infinity, Infinity, -Infinity, Infinity];
      for (let k = 0; k < steps; k++) {
        const error = scale * errors[row * steps + k];
        const value = mean[k] + error;
        const turned = mean[k] - error;
        if (value > high) high = value;
        if (value < low) low = value;
        if (turned > turnedHigh) turnedHigh = turned;
        if (turned < turnedLow) turnedLow = turned;
      }
      this.#put(this.plain, row, high, low);
      this.#put(this.mirrored, row, turnedHigh, turnedLow);
    }
  }

  #add(into: Sides, row: number, valueAt: (step: number) => number): void {
    let high = -Infinity;
    let low = Infinity;
    for (let k = 0; k < this.#steps; k++) {
      const value = valueAt(k);
      if (value > high) high = value;
      if (value < low) low = value;
    }
    this.#put(into, row, high, low);
  }

  /** Settling keeps the order, so that the extremes are enough. */
  #put(into: Sides, row: number, high: number, low: number): void {
    into[0][row] = this.#settle(high);
    into[1][row] = -this.#settle(low);
  }
}
