import type { Component, ComponentJson } from "./_component.ts";
import { numbersToJson, requireArray, requireCount, requireNumbers, requireSize, SIZE_MAX } from "./_json.ts";

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
    const { length } = this.#ring;
    let sum = this.#intercept;
    for (let i = 0; i < this.#lags.length; i++) {
      let index = this.#position - this.#lags[i];
      if (index < 0) index += length;
      sum += this.#coefficients[i] * this.#ring[index];
    }
    return limit(sum);
  }

  update(value: number): void {
    this.#ring[this.#position] = value === value ? value : this.next();
    this.#position = this.#position + 1 === this.#ring.length ? 0 : this.#position + 1;
  }

  predict(mean: Float64Array): void {
    const { length } = this.#ring;
    for (let k = 0; k < mean.length; k++) {
      let sum = this.#intercept;
      for (let i = 0; i < this.#lags.length; i++) {
        const back = k - this.#lags[i];
        let index = this.#position + back;
        if (index < 0) index += length;
        sum += this.#coefficients[i] * (back >= 0 ? mean[back] : this.#ring[index]);
      }
      mean[k] = limit(sum);
    }
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
    requireCount(coefficients.length, "coefficients.length", lags.length, lags.length);
    requireCount(ring.length, "ring.length", Math.max(1, ...lags), 1e7);
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

/** What grows without end stays a number: infinities of both signs would add up to none. */
function limit(value: number): number {
  return Math.min(SIZE_MAX, Math.max(-SIZE_MAX, value));
}
