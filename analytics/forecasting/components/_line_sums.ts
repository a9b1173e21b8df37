import { requireArray, requireSize } from "./_json.ts";

/** Squared distances in time, of 20 samples, that the prior slope is worth. */
const PRIOR_WORTH = 20 ** 3 / 12;

/**
 * Least squares of a straight line on all values so far, each counting `keep` times as much as the one after it.
 *
 * Time is counted from the newest value, and the sums are about the means, so that neither age nor a large level
 * costs digits. A few values alone do not tell a slope: it is pulled to the prior one. O(1) per value.
 */
export class LineSums {
  readonly keep: number;
  #weight = 0;
  #time = 0;
  #mean = 0;
  #squares = 0;
  #products = 0;
  #prior = 0;

  constructor(keep: number) {
    this.keep = keep;
  }

  /** Change per step. */
  get slope(): number {
    return (this.#products + PRIOR_WORTH * this.#prior) / (this.#squares + PRIOR_WORTH);
  }

  /** Where the line stands one step after the newest value. */
  get next(): number {
    return this.#mean + this.slope * (1 - this.#time);
  }

  /** Lets one step pass, with a value or, `NaN`, without. */
  take(value: number): void {
    this.#time -= 1;
    this.#weight *= this.keep;
    this.#squares *= this.keep;
    this.#products *= this.keep;
    if (value !== value) return;
    this.#weight += 1;
    const before = this.#time;
    this.#time -= before / this.#weight;
    this.#squares += before * this.#time;
    this.#mean += (value - this.#mean) / this.#weight;
    this.#products -= before * (value - this.#mean);
  }

  /** Forgets the values; what was the slope is what it is taken to be until new values tell. */
  restart(): void {
    this.#set([0, 0, 0, 0, 0, this.slope]);
  }

  /**
   * Becomes what another line is, each of its values counting `worth` times as much, and goes on with its own memory.
   */
  copy(other: LineSums, worth: number): void {
    const [weight, time, mean, squares, products, prior] = other.toJson();
    this.#set([weight * worth, time, mean, squares * worth, products * worth, prior]);
  }

  /** Its state. */
  toJson(): number[] {
    return [this.#weight, this.#time, this.#mean, this.#squares, this.#products, this.#prior];
  }

  /** Restores it. */
  restore(value: unknown, name: string): void {
    const state = requireArray(value, name);
    this.#set([0, 1, 2, 3, 4, 5].map((i) => requireSize(state[i], `${name}[${i}]`)));
  }

  #set(state: readonly number[]): void {
    [this.#weight, this.#time, this.#mean, this.#squares, this.#products, this.#prior] = state;
  }
}
