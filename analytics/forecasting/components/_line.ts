import type { Component, ComponentJson } from "./_component.ts";
import {
  numbersToJson,
  requireAmount,
  requireCount,
  requireNumbers,
  requireShare,
  requireSize,
  requireWithin,
  STATE_MAX,
} from "./_json.ts";
import { LineSums } from "./_line_sums.ts";

/** The constants of a {@linkcode Line}. */
export interface LineParameters {
  /** Steps within which a value's weight falls to 1/e. */
  readonly memory: number;
  /** Share of the newest error that is still there one step later. */
  readonly carry: number;
}

/** What a line goes through besides its sums. */
interface LineState {
  /** The newest value that was taken in. */
  level: number;
  /** Usual size of a change from one value to the next. */
  change: number;
  /** The newest error. */
  error: number;
  /** Running mean of the errors, and its usual size. */
  bias: number;
  usualBias: number;
  /** Values the usual size is known from. */
  biases: number;
  /** Values since the line last began anew. */
  age: number;
}

/** A value this many usual changes away is an outlier, and so many of them in a row a new level. */
const JUMP = 10;
const JUMP_VALUES = 2;
/** A running mean of the errors this many times its usual size says that the line has bent. */
const BEND = 4.5;
/**
 * What the line through the last values counts once the long one has gone over to it: part of it was before the bend.
 */
const BENT_WORTH = 0.03;
/** Weight of the newest change in the usual size. */
const CHANGE_RATE = 0.02;

/**
 * The straight line through the recent values, carried on.
 *
 * It begins anew after a jump of the level, keeping its slope until the new values tell another, and where its errors
 * become one-sided it goes on from the line through the very last values. Outliers and missing values are skipped.
 */
export class Line implements Component {
  readonly parameters: LineParameters;
  readonly #long: LineSums;
  readonly #short: LineSums;
  readonly #state: LineState;
  /** Values on one far side in a row, which are either outliers or the first of a new level. */
  #far: number[] = [];

  constructor(parameters: LineParameters, start: { level: number; change: number }) {
    this.parameters = parameters;
    this.#long = new LineSums(1 - 1 / parameters.memory);
    this.#short = new LineSums(1 - 1 / shortMemory(parameters.memory));
    this.#state = { ...start, error: 0, bias: 0, usualBias: 0, biases: 0, age: 0 };
  }

  /** The newest error of the line itself. */
  get error(): number {
    return this.#state.error;
  }

  next(): number {
    return this.#state.age > 0
      ? this.#long.next + this.parameters.carry * this.#state.error
      : this.#state.level;
  }

  update(value: number): void {
    const state = this.#state;
    const change = value - state.level;
    if (value !== value) {
      this.#take(NaN);
    } else if (Math.abs(change) > JUMP * state.change) {
      if (this.#far.length > 0 && (this.#far[0] - state.level) * change < 0) this.#far = [];
      this.#far.push(value);
      if (this.#far.length < JUMP_VALUES) this.#take(NaN);
      else this.#begin();
    } else {
      this.#far = [];
      state.change += CHANGE_RATE * (Math.min(Math.abs(change), 4 * state.change) - state.change);
      this.#take(value);
    }
  }

  predict(mean: Float64Array): void {
    const { slope, next } = this.#long;
    const { carry } = this.parameters;
    let error = this.#state.error;
    for (let k = 0; k < mean.length; k++) {
      error *= carry;
      mean[k] = next + slope * k + error;
    }
  }

  toJson(): ComponentJson {
    return {
      kind: "line",
      ...this.parameters,
      ...this.#state,
      long: this.#long.toJson(),
      short: this.#short.toJson(),
      far: numbersToJson(this.#far),
    };
  }

  static fromJson(json: ComponentJson): Line {
    const number = (name: string): number => requireSize(json[name], name);
    const memory = requireWithin(json.memory, "memory", 1, STATE_MAX);
    const line = new Line({ memory, carry: requireShare(json.carry, "carry") }, {
      level: number("level"),
      change: requireAmount(json.change, "change"),
    });
    Object.assign(line.#state, {
      error: number("error"),
      bias: number("bias"),
      usualBias: requireAmount(json.usualBias, "usualBias"),
      biases: requireCount(json.biases, "biases", 0),
      age: requireCount(json.age, "age", 0),
    });
    line.#long.restore(json.long, "long");
    line.#short.restore(json.short, "short");
    line.#far = [...requireNumbers(json.far, "far")];
    return line;
  }

  #take(value: number): void {
    const state = this.#state;
    if (value === value) {
      state.error = state.age > 0 ? value - this.#long.next : 0;
      state.level = value;
      state.age++;
    } else {
      state.error *= this.parameters.carry;
    }
    this.#long.take(value);
    this.#short.take(value);
    if (value === value) this.#straighten();
  }

  /** The level is another one: the values that showed it are the first of a new line. */
  #begin(): void {
    const values = this.#far;
    this.#far = [];
    this.#long.restart();
    this.#short.restart();
    this.#state.age = 0;
    this.#state.bias = 0;
    for (const value of values) this.#take(value);
  }

  /** Goes over to the short line where the errors of the long one have become one-sided. */
  #straighten(): void {
    const state = this.#state;
    const memory = shortMemory(this.parameters.memory);
    state.bias += (state.error - state.bias) / memory;
    const size = Math.abs(state.bias);
    if (state.age > memory && state.biases > 3 * memory && size > BEND * state.usualBias) {
      this.#long.copy(this.#short, BENT_WORTH);
      this.#short.copy(this.#long, 1);
      state.bias = 0;
      state.age = 1;
      return;
    }
    if (state.age <= memory) return;
    state.biases++;
    const most = state.biases > memory ? 3 * state.usualBias : Infinity;
    const rate = Math.max(1 / state.biases, 1 / (10 * memory));
    state.usualBias += rate * (Math.min(size, most) - state.usualBias);
  }
}

/** Memory of the line that tells where the long one has bent. */
function shortMemory(memory: number): number {
  return Math.min(30, Math.max(8, memory / 8));
}
