import type { Analogues } from "./_analogues.ts";
import type { SeenErrorsParts } from "./_near_origins.ts";

/** Shares of the values that are within the bounds that are tried. */
const WITHIN = [0.5, 0.7, 0.8, 0.9, 0.95, 0.98];

/**
 * The highest values of paths, one entry per origin, and their lowest ones negated, so that bounds lie above both.
 */
type Sides = readonly [Float64Array, Float64Array];

/** The values of `base` from one on, and the errors of an origin, scaled. */
interface Path {
  readonly base: Float64Array;
  /** @default 0 */
  readonly from?: number;
  /** @default 0 */
  readonly row?: number;
  /** @default 0 */
  readonly scale?: number;
}

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
    const { steps, actual, starts, means, errors } = parts;
    const sides = (count = starts.length): Sides => [new Float64Array(count), new Float64Array(count)];
    this.came = sides();
    this.plain = sides();
    this.mirrored = sides();
    this.stretches = sides(analogues.starts.length);
    this.#steps = steps;
    this.#settle = settle;
    this.#errors = errors;
    starts.forEach((_, row) => this.#add(this.came, row, { base: means, from: row * steps, row, scale: 1 }));
    analogues.starts.forEach((from, i) => this.#add(this.stretches, i, { base: analogues.filled, from }));
    const sorted = actual.slice(starts[0]).filter((value) => value === value).map(settle).sort();
    const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))];
    this.bounds = [WITHIN.map(at), WITHIN.map((share) => -at(1 - share))];
  }

  /** Puts the errors of some rows, each scaled, around a forecast. */
  addErrors(mean: Float64Array, rows: readonly number[], scales: Float64Array): void {
    for (const row of rows) {
      this.#add(this.plain, row, { base: mean, row, scale: scales[row] });
      this.#add(this.mirrored, row, { base: mean, row, scale: -scales[row] });
    }
  }

  #add(into: Sides, index: number, { base, from = 0, row = 0, scale = 0 }: Path): void {
    const errors = this.#errors;
    const steps = this.#steps;
    let high = -Infinity;
    let low = Infinity;
    for (let k = 0; k < steps; k++) {
      const value = base[from + k] + scale * errors[row * steps + k];
      if (value > high) high = value;
      if (value < low) low = value;
    }
    // Settling keeps the order, so that the extremes are enough.
    into[0][index] = this.#settle(high);
    into[1][index] = -this.#settle(low);
  }
}
