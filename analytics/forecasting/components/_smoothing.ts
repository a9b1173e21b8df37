import type { Component, ComponentJson } from "./_component.ts";
import { requireArray, requireShare, requireSize, requireText } from "./_json.ts";

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
  readonly name: string;
  readonly parameters: SmoothingParameters;
  #level: number;
  #trend: number;
  #error: number;

  constructor(name: string, parameters: SmoothingParameters, state: readonly [number, number, number]) {
    this.name = name;
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
      name: this.name,
      ...this.parameters,
      state: [this.#level, this.#trend, this.#error],
    };
  }

  static fromJson(json: ComponentJson): Smoothing {
    const parameters = {
      level: requireShare(json.level, "level"),
      trend: requireShare(json.trend, "trend"),
      damping: requireShare(json.damping, "damping"),
      carry: requireShare(json.carry, "carry"),
      slope: requireSize(json.slope, "slope"),
    };
    const state = requireArray(json.state, "state");
    return new Smoothing(requireText(json.name, "name"), parameters, [
      requireSize(state[0], "state[0]"),
      requireSize(state[1], "state[1]"),
      requireSize(state[2], "state[2]"),
    ]);
  }
}
