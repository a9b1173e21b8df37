import type { Component, ComponentJson } from "./_component.ts";
import {
  numbersToJson,
  requireArray,
  requireCount,
  requireLength,
  requireNumbers,
  requireSize,
  SIZE_MAX,
} from "./_json.ts";

const NONE = new Float64Array(0);

/** `ŷ[t] = c + Σ φᵢ·y[t − lagᵢ]`; a missing value is taken to be what was predicted. */
export class Autoregression implements Component {
  readonly #lags: readonly number[];
  readonly #coefficients: Float64Array;
  readonly #intercept: number;
  /** The newest values, as many as the longest lag; the newest stands before `#position`. */
  readonly #ring: Float64Array;
  #position: number;

  constructor(
    lags: readonly number[],
    coefficients: Float64Array,
    intercept: number,
    ring: Float64Array,
    position: number,
  ) {
    this.#lags = lags;
    this.#coefficients = coefficients;
    this.#intercept = intercept;
    this.#ring = ring;
    this.#position = position;
  }

  next(): number {
    return this.#after(NONE, 0);
  }

  update(value: number): void {
    this.#ring[this.#position] = value === value ? value : this.next();
    this.#position = this.#position + 1 === this.#ring.length ? 0 : this.#position + 1;
  }

  predict(mean: Float64Array): void {
    for (let k = 0; k < mean.length; k++) mean[k] = this.#after(mean, k);
  }

  /** The prediction that follows the newest values and the first `steps` predicted ones. */
  #after(predicted: Float64Array, steps: number): number {
    let sum = this.#intercept;
    for (let i = 0; i < this.#lags.length; i++) {
      const back = steps - this.#lags[i];
      let index = this.#position + back;
      if (index < 0) index += this.#ring.length;
      sum += this.#coefficients[i] * (back >= 0 ? predicted[back] : this.#ring[index]);
    }
    // What grows without end stays a number: infinities of both signs would add up to none.
    return Math.min(SIZE_MAX, Math.max(-SIZE_MAX, sum));
  }

  toJson(): ComponentJson {
    return {
      kind: "autoregression",
      lags: [...this.#lags],
      coefficients: numbersToJson(this.#coefficients),
      intercept: this.#intercept,
      ring: numbersToJson(this.#ring),
      position: this.#position,
    };
  }

  static fromJson(json: ComponentJson): Autoregression {
    const lags = requireArray(json.lags, "lags").map((lag, i) => requireCount(lag, `lags[${i}]`, 1, 1e7));
    const ring = requireNumbers(json.ring, "ring");
    const coefficients = requireNumbers(json.coefficients, "coefficients");
    requireLength(coefficients, "coefficients", lags.length);
    requireLength(ring, "ring", Math.max(1, ...lags), 1e7);
    const position = requireCount(json.position, "position", 0, ring.length - 1);
    return new Autoregression(
      lags,
      coefficients,
      requireSize(json.intercept, "intercept"),
      ring,
      position,
    );
  }
}
