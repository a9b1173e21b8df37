import type { Component, ComponentJson } from "./_component.ts";
import { numbersToJson, requireCount, requireNumbers, requireSize, requireSizeOrNull } from "./_json.ts";

/** Every step is the mean of the newest `cycles` observations of its phase; one cycle is the seasonal naive. */
export class PhaseAverage implements Component {
  readonly #period: number;
  readonly #cycles: number;
  /** The newest `cycles · period` values, oldest first from `#position` on; NaN where missing. */
  readonly #ring: Float64Array;
  #position: number;
  /** What a phase that was never observed takes. */
  #newest: number;

  constructor(period: number, cycles: number, ring: Float64Array, position: number, newest: number) {
    this.#period = period;
    this.#cycles = cycles;
    this.#ring = ring;
    this.#position = position;
    this.#newest = newest;
  }

  get name(): string {
    if (this.#period === 1) return this.#cycles === 1 ? "naive" : `mean of ${this.#cycles}`;
    return this.#cycles === 1
      ? `seasonal naive (${this.#period})`
      : `seasonal mean of ${this.#cycles} (${this.#period})`;
  }

  next(): number {
    return this.#at(0);
  }

  update(value: number): void {
    // A missing value leaves the phase as it was a cycle ago, so that one gap does not empty a phase.
    const kept = value === value ? value : this.#at(0);
    if (value === value) this.#newest = value;
    this.#ring[this.#position] = kept;
    this.#position = (this.#position + 1) % this.#ring.length;
  }

  predict(mean: Float64Array): void {
    for (let k = 0; k < mean.length; k++) {
      mean[k] = k < this.#period ? this.#at(k) : mean[k - this.#period];
    }
  }

  toJson(): ComponentJson {
    return {
      kind: "phase-average",
      period: this.#period,
      cycles: this.#cycles,
      ring: numbersToJson(this.#ring),
      position: this.#position,
      newest: this.#newest,
    };
  }

  static fromJson(json: ComponentJson): PhaseAverage {
    const period = requireCount(json.period, "period", 1, 1e7);
    const cycles = requireCount(json.cycles, "cycles", 1, 1e4);
    const ring = requireNumbers(json.ring, "ring", requireSizeOrNull);
    requireCount(ring.length, "ring.length", period * cycles, period * cycles);
    const position = requireCount(json.position, "position", 0, ring.length - 1);
    return new PhaseAverage(period, cycles, ring, position, requireSize(json.newest, "newest"));
  }

  #at(k: number): number {
    const { length } = this.#ring;
    let sum = 0;
    let count = 0;
    let index = (this.#position + k) % this.#period;
    // The ring is a whole number of cycles, so equal phases are `period` apart whatever the position.
    index = this.#position + k;
    for (let cycle = 0; cycle < this.#cycles; cycle++) {
      if (index >= length) index -= length;
      const value = this.#ring[index];
      if (value === value) {
        sum += value;
        count++;
      }
      index += this.#period;
    }
    return count > 0 ? sum / count : this.#newest;
  }
}

/** Runs a phase average over `values[0 … end)`. */
export function createPhaseAverage(
  values: ArrayLike<number>,
  end: number,
  period: number,
  cycles: number,
): PhaseAverage {
  const ring = new Float64Array(period * cycles).fill(NaN);
  let first = 0;
  while (first < end && values[first] !== values[first]) first++;
  const average = new PhaseAverage(period, cycles, ring, 0, values[first]);
  for (let t = 0; t < end; t++) average.update(values[t]);
  return average;
}
