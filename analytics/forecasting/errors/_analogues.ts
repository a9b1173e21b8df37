import { countUpTo } from "../../series/_count_up_to.ts";
import { selectSmallest } from "../../series/_select_smallest.ts";

/** Newest values by which stretches are alike, and how fast they matter less. */
export const LAGS = 8;
const LAG_WEIGHTS = Array.from({ length: LAGS }, (_, j) => Math.exp(-j));
/** Most stretches that are held against the newest values. */
const STRETCHES_MAX = 512;
/**
 * Share of the stretches, most alike first, that sets the width of their weights; of longer ones than so many steps,
 * more.
 */
const ALIKE_SHARE = 0.02;
const ALIKE_STEPS = 20;
/** What is further off than so many widths hardly counts. */
const WIDTHS_MAX = 4;

/** Stretches and their weights, which sum to 1. */
export interface Alike {
  readonly stretches: readonly number[];
  readonly weights: readonly number[];
}

/**
 * The stretches of a series, each weighed by how alike the values before it are to the newest ones (Lorenz's
 * analogues).
 *
 * Values are compared by their ranks, so that one spike is not further from everyday values than they are wide apart. A
 * missing value counts as the one before it.
 */
export class Analogues {
  /** Where each stretch begins; so many values as are compared lie before it. */
  readonly starts: Uint32Array;
  /** The series without gaps but before its first value. */
  readonly filled: Float64Array;
  readonly #share: number;
  /** How many values the series has from its first one on. */
  readonly #known: number;
  #ranks: Uint32Array | null = null;

  constructor(values: Float64Array, steps: number) {
    this.filled = values.includes(NaN) ? values.slice() : values;
    // Of what comes much later the newest values tell less.
    this.#share = ALIKE_SHARE * Math.max(1, steps / ALIKE_STEPS);
    let first = 0;
    while (first < values.length && values[first] !== values[first]) first++;
    for (let t = first + 1; t < values.length; t++) {
      if (values[t] !== values[t]) this.filled[t] = this.filled[t - 1];
    }
    this.#known = values.length - first;
    const begin = first + LAGS;
    const count = Math.max(0, values.length - steps - begin + 1);
    const stride = Math.max(1, Math.ceil(count / STRETCHES_MAX));
    this.starts = new Uint32Array(Math.ceil(count / stride)).map((_, i) => begin + i * stride);
  }

  /** The values before `t`, newest first; what lies before the series is missing. */
  before(t: number): Float64Array {
    return Float64Array.from({ length: LAGS }, (_, j) => t - 1 - j >= 0 ? this.filled[t - 1 - j] : NaN);
  }

  /** All stretches alike; `null` where there are none. */
  evenly(): Alike | null {
    const count = this.starts.length;
    return count > 0
      ? { stretches: [...this.starts.keys()], weights: new Array<number>(count).fill(1 / count) }
      : null;
  }

  /** The allowed stretches that are most alike after these values, newest first; `null` where none is allowed. */
  weigh(newest: Float64Array, isAllowed: (start: number) => boolean): Alike | null {
    const { starts } = this;
    const ranks = this.#ranks ??= rankAll(this.filled);
    const most = 2 * this.#known;
    const wanted = newest.map((value) => rankOf(this.filled, value) / most);
    const distances = new Float64Array(starts.length).fill(Infinity);
    let count = 0;
    for (let i = 0; i < starts.length; i++) {
      const start = starts[i];
      if (!isAllowed(start)) continue;
      count++;
      let distance = 0;
      for (let j = 0; j < LAGS; j++) {
        const off = Math.abs(ranks[start - 1 - j] / most - wanted[j]);
        // What is not known is as far off as any value.
        distance += LAG_WEIGHTS[j] * (off === off ? off : 0.5);
      }
      distances[i] = distance;
    }
    if (count === 0) return null;
    const rank = Math.floor(Math.min(1, this.#share) * (count - 1));
    const width = selectSmallest(distances.slice(), starts.length, rank);
    const stretches: number[] = [];
    const weights: number[] = [];
    let sum = 0;
    for (let i = 0; i < starts.length; i++) {
      if (!(distances[i] <= WIDTHS_MAX * width)) continue;
      const weight = distances[i] === 0 ? 1 : Math.exp(-0.5 * (distances[i] / width) ** 2);
      stretches.push(i);
      weights.push(weight);
      sum += weight;
    }
    return { stretches, weights: weights.map((weight) => weight / sum) };
  }
}

/** Twice the rank of every value, which is a whole number: half of the memory that shares of the values would take. */
function rankAll(values: Float64Array): Uint32Array {
  const sorted = values.filter((value) => value === value).sort();
  return Uint32Array.from(values, (value) => {
    const below = countUpTo(sorted, value, false);
    // Most values are there once, and need no second search.
    const upTo = sorted[below + 1] === value
      ? countUpTo(sorted, value, true)
      : below + Number(sorted[below] === value);
    return below + upTo;
  });
}

/** Twice the number of values below, and those that are equal once: they are not kept sorted for the few newest. */
function rankOf(values: Float64Array, value: number): number {
  if (value !== value) return NaN;
  let rank = 0;
  for (let t = 0; t < values.length; t++) rank += Number(values[t] < value) + Number(values[t] <= value);
  return rank;
}
