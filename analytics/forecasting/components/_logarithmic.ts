import type { Component, ComponentJson } from "./_component.ts";
import { requireComponentJson } from "./_json.ts";

/** An inner component that sees the logarithms: seasons and noise that grow with the level become constant. */
export class Logarithmic implements Component {
  readonly #inner: Component;

  constructor(inner: Component) {
    this.#inner = inner;
  }

  next(): number {
    return exponential(this.#inner.next());
  }

  update(value: number): void {
    this.#inner.update(toLogarithm(value));
  }

  predict(mean: Float64Array): void {
    this.#inner.predict(mean);
    for (let k = 0; k < mean.length; k++) mean[k] = exponential(mean[k]);
  }

  toJson(): ComponentJson {
    return { kind: "logarithmic", inner: this.#inner.toJson() };
  }

  static fromJson(json: ComponentJson, read: (json: ComponentJson) => Component): Logarithmic {
    return new Logarithmic(read(requireComponentJson(json.inner, "inner")));
  }
}

/** The logarithm, of the smallest positive double where a value is not positive. */
export function toLogarithm(value: number): number {
  return value === value ? Math.log(Math.max(value, Number.MIN_VALUE)) : NaN;
}

/** exp that stays finite. */
function exponential(value: number): number {
  return Math.exp(Math.min(value, 700));
}
