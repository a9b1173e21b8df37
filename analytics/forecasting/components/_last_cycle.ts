import type { Component, ComponentJson } from "./_component.ts";
import {
  numbersToJson,
  requireCount,
  requireLength,
  requireNumbers,
  requireSize,
  requireSizeOrNull,
} from "./_json.ts";

/** Every step is the newest observation of its phase: the seasonal naive, and with a period of 1 the naive. */
export class LastCycle implements Component {
  /** The newest values, one a phase, oldest first from `#position` on; NaN where a phase was never observed. */
  readonly #ring: Float64Array;
  #position: number;
  /** What a phase that was never observed takes. */
  #newest: number;

  constructor(ring: Float64Array, position: number, newest: number) {
    this.#ring = ring;
    this.#position = position;
    this.#newest = newest;
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
    for (let k = 0; k < mean.length; k++) mean[k] = this.#at(k);
  }

  toJson(): ComponentJson {
    return {
      kind: "last-cycle",
      ring: numbersToJson(this.#ring),
      position: this.#position,
      newest: this.#newest,
    };
  }

  static fromJson(json: ComponentJson): LastCycle {
    const ring = requireNumbers(json.ring, "ring", requireSizeOrNull);
    requireLength(ring, "ring", 1, 1e7);
    const position = requireCount(json.position, "position", 0, ring.length - 1);
    return new LastCycle(ring, position, requireSize(json.newest, "newest"));
  }

  #at(k: number): number {
    const value = this.#ring[(this.#position + k) % this.#ring.length];
    return value === value ? value : this.#newest;
  }
}

/** Takes in `values[0 … end)`, so many a cycle. */
export function createLastCycle(values: Float64Array, end: number, period: number): LastCycle {
  const ring = new Float64Array(period).fill(NaN);
  const last = new LastCycle(ring, 0, values.subarray(0, end).find((value) => value === value) ?? NaN);
  for (let t = 0; t < end; t++) last.update(values[t]);
  return last;
}
