import type { SeenErrorsParts } from "./_near_origins.ts";
import { errorAt } from "./_error_at.ts";

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
  /** Bounds about as likely to be asked for, each on one side. */
  readonly bounds: readonly { readonly bound: number; readonly side: 0 | 1 }[];
  readonly #steps: number;
  /** The errors that came, row by row. */
  readonly #errors: Float64Array;
  readonly #settle: (value: number) => number;

  constructor(parts: SeenErrorsParts, settle: (value: number) => number) {
    const { steps, actual, starts, means } = parts;
    const sides = (): Sides => [new Float64Array(starts.length), new Float64Array(starts.length)];
    this.came = sides();
    this.plain = sides();
    this.mirrored = sides();
    this.#steps = steps;
    this.#settle = settle;
    this.#errors = means.map((_, i) => errorAt(parts, Math.floor(i / steps), i % steps));
    starts.forEach((_, row) => {
      this.#add(this.came, row, means.subarray(row * steps, (row + 1) * steps), 1);
    });
    const sorted = actual.filter((value) => value === value).map(settle).sort();
    const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))];
    this.bounds = WITHIN.flatMap((share) => [
      { bound: at(share), side: 0 },
      { bound: -at(1 - share), side: 1 },
    ]);
  }

  /** Puts the errors of some rows, each scaled, around a forecast. */
  addErrors(mean: Float64Array, rows: readonly number[], scales: Float64Array): void {
    for (const row of rows) {
      this.#add(this.plain, row, mean, scales[row]);
      this.#add(this.mirrored, row, mean, -scales[row]);
    }
  }

  #add(into: Sides, row: number, mean: Float64Array, scale: number): void {
    const steps = this.#steps;
    let high = -Infinity;
    let low = Infinity;
    for (let k = 0; k < steps; k++) {
      const value = mean[k] + scale * this.#errors[row * steps + k];
      if (value > high) high = value;
      if (value < low) low = value;
    }
    // Settling keeps the order, so the extremes are enough.
    into[0][row] = this.#settle(high);
    into[1][row] = -this.#settle(low);
  }
}
