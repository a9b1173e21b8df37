import type { Component, ComponentJson } from "./_component.ts";
import { requireComponentJson, requireSize } from "./_json.ts";

/** An inner component that sees `log(y + offset)`: seasons and noise that grow with the level become constant. */
export class Logarithmic implements Component {
  readonly #inner: Component;
  readonly #offset: number;

  constructor(inner: Component, offset: number) {
    this.#inner = inner;
    this.#offset = offset;
  }

  get name(): string {
    return `${this.#inner.name} of logarithms`;
  }

  next(): number {
    return exponential(this.#inner.next()) - this.#offset;
  }

  update(value: number): void {
    // A value at or below −offset has no logarithm; it is taken as the smallest that has one.
    this.#inner.update(toLogarithm(value, this.#offset));
  }

  predict(mean: Float64Array): void {
    this.#inner.predict(mean);
    for (let k = 0; k < mean.length; k++) mean[k] = exponential(mean[k]) - this.#offset;
  }

  toJson(): ComponentJson {
    return { kind: "logarithmic", offset: this.#offset, inner: this.#inner.toJson() };
  }

  static fromJson(json: ComponentJson, read: (json: ComponentJson) => Component): Logarithmic {
    return new Logarithmic(
      read(requireComponentJson(json.inner, "inner")),
      requireSize(json.offset, "offset"),
    );
  }
}

/** `log(value + offset)`, of the smallest positive double where that is not positive. */
export function toLogarithm(value: number, offset: number): number {
  return value === value ? Math.log(Math.max(value + offset, Number.MIN_VALUE)) : NaN;
}

/** exp that stays finite. */
function exponential(value: number): number {
  return Math.exp(Math.min(value, 700));
}
