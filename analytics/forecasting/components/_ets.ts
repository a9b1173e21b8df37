import { autoEts } from "../../auto_ets.ts";
import { fitEts } from "../../fit_ets.ts";
import { readEts } from "../../read_ets.ts";
import { expectSteps } from "../../smoothing/_model.ts";
import type { SmoothingModel } from "../../smoothing_model.ts";
import type { Component, ComponentJson } from "./_component.ts";
import { requireAmount, requireNumbers, requireSize, requireWithin, STATE_MAX } from "./_json.ts";

/** A fitted ETS model, taking part in a choice. */
export class Ets implements Component {
  readonly #model: SmoothingModel;
  /** Models with relative errors or seasons have no place for values that are not positive. */
  readonly #needsPositive: boolean;

  constructor(model: SmoothingModel) {
    this.#model = model;
    this.#needsPositive = model.method.includes("M");
  }

  next(): number {
    return expectSteps(this.#model, 1)[0];
  }

  update(value: number): void {
    this.#model.update([this.#needsPositive && value <= 0 ? NaN : value]);
  }

  predict(mean: Float64Array): void {
    mean.set(expectSteps(this.#model, mean.length));
  }

  toJson(): ComponentJson {
    return { kind: "ets", model: this.#model.toJson() };
  }

  static fromJson(json: ComponentJson): Ets {
    const model = readEts(json.model);
    const { model: { scale, origin, state, deviation } } = model.toJson();
    requireWithin(scale, "model.scale", 1 / STATE_MAX, STATE_MAX);
    requireSize(origin, "model.origin");
    requireAmount(deviation, "model.deviation");
    requireNumbers(state, "model.state");
    return new Ets(model);
  }
}

/** Longest past for which all models of the taxonomy are compared; beyond it the damped additive one is fitted. */
const COMPARED_LENGTH_MAX = 150;

/** An ETS model of `values[0 … end)`; `null` where none can be fitted. */
export function fitBestEts(values: Float64Array, end: number, period: number): Ets | null {
  const past = values.subarray(0, end);
  let observed = 0;
  for (const value of past) if (value === value) observed++;
  // ETS has states for every phase, and needs more values than states.
  if (observed < 12 || observed < 2 * period + 6) return null;
  try {
    if (end <= COMPARED_LENGTH_MAX) return new Ets(autoEts(past, { period }));
    const seasonal = period > 1 ? "additive" : "none";
    return new Ets(fitEts(past, { trend: "additive", damped: true, seasonal, period }));
  } catch (error) {
    // A series may be out of a model's reach, such as one that no model foretells positive values for.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
