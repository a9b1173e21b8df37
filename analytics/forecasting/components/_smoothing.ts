import type { Component, ComponentJson } from "./_component.ts";
import { requireLength, requireNumbers, requireShare, requireSize } from "./_json.ts";

/** The constants of a {@linkcode Smoothing}. */
export interface SmoothingParameters {
  /** Weight of an error in the level. */
  readonly level: number;
  /** Weight of an error in the trend. */
  readonly trend: number;
  /** Factor on the trend per step; 1 is a straight line. */
  readonly damping: number;
  /** Share of an error that carries over into the next one (Taylor 2003). */
  readonly carry: number;
  /** A constant slope, not part of the trend that adapts (the theta method). */
  readonly slope: number;
}

/**
 * Exponential smoothing without a season: level, damped trend, and errors that carry over.
 *
 * `ŷ = l + φb + ρr`, then `l ← l + φb + αr`, `b ← φb + βr` with `r = y − l − φb`, the error before the carry-over.
 * A missing value is taken to be what was predicted.
 */
export class Smoothing implements Component {
  readonly parameters: SmoothingParameters;
  #level: number;
  #trend: number;
  #error: number;

  constructor(parameters: SmoothingParameters, state: readonly [number, number, number]) {
    this.parameters = parameters;
    [this.#level, this.#trend, this.#error] = state;
  }

  next(): number {
    const { damping, carry, slope } = this.parameters;
    return this.#level + damping * this.#trend + slope + carry * this.#error;
  }

  update(value: number): void {
    const { level, trend, damping, carry, slope } = this.parameters;
    const step = damping * this.#trend;
    const base = this.#level + step + slope;
    const error = value === value ? value - base : carry * this.#error;
    const learn = value === value ? error : 0;
    this.#level = base + level * learn;
    this.#trend = step + trend * learn;
    this.#error = error;
  }

  predict(mean: Float64Array): void {
    const { damping, carry, slope } = this.parameters;
    let base = this.#level;
    let step = this.#trend;
    let error = this.#error;
    for (let k = 0; k < mean.length; k++) {
      step *= damping;
      error *= carry;
      base += step + slope;
      mean[k] = base + error;
    }
  }

  toJson(): ComponentJson {
    return {
      kind: "smoothing",
      ...this.parameters,
      state: [this.#level, this.#trend, this.#error],
    };
  }

  static fromJson(json: ComponentJson): Smoothing {
    const share = (name: keyof SmoothingParameters): number => requireShare(json[name], name);
    const parameters = {
      level: share("level"),
      trend: share("trend"),
      damping: share("damping"),
      carry: share("carry"),
      slope: requireSize(json.slope, "slope"),
    };
    const state = requireNumbers(json.state, "state");
    requireLength(state, "state", 3);
    return new Smoothing(parameters, [state[0], state[1], state[2]]);
  }
}
