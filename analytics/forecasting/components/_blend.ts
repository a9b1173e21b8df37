import type { Component, ComponentJson } from "./_component.ts";
import {
  numbersToJson,
  requireArray,
  requireComponentJson,
  requireLength,
  requireNumbers,
  requireShare,
} from "./_json.ts";

/** The weighted mean of several components. */
export class Blend implements Component {
  readonly #parts: readonly Component[];
  readonly #weights: ArrayLike<number>;

  constructor(parts: readonly Component[], weights: ArrayLike<number>) {
    this.#parts = parts;
    this.#weights = weights;
  }

  next(): number {
    let sum = 0;
    for (let i = 0; i < this.#parts.length; i++) sum += this.#weights[i] * this.#parts[i].next();
    return sum;
  }

  update(value: number): void {
    for (let i = 0; i < this.#parts.length; i++) this.#parts[i].update(value);
  }

  predict(mean: Float64Array): void {
    const part = new Float64Array(mean.length);
    mean.fill(0);
    for (let i = 0; i < this.#parts.length; i++) {
      this.#parts[i].predict(part);
      for (let k = 0; k < mean.length; k++) mean[k] += this.#weights[i] * part[k];
    }
  }

  toJson(): ComponentJson {
    return {
      kind: "blend",
      weights: numbersToJson(this.#weights),
      parts: this.#parts.map((part) => part.toJson()),
    };
  }

  static fromJson(json: ComponentJson, read: (json: ComponentJson) => Component): Blend {
    const parts = requireArray(json.parts, "parts").map((part, i) =>
      read(requireComponentJson(part, `parts[${i}]`))
    );
    const weights = requireNumbers(json.weights, "weights", requireShare);
    requireLength(weights, "weights", parts.length);
    return new Blend(parts, weights);
  }
}
