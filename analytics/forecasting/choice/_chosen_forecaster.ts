import { requireFraction, requireInteger, requireKnownOptions, requireObservations } from "../../_require.ts";
import type { Forecaster, ForecasterJson } from "../../forecaster_model.ts";
import type { Forecast, ForecastExplanation, SimulateOptions } from "../../forecast_model.ts";
import type { Bounds } from "../limits/_bounds.ts";
import type { Component } from "../components/_component.ts";
import type { Errors } from "../errors/_errors.ts";
import { SIZE_MAX } from "../components/_json.ts";
import type { Lattice } from "../limits/_lattice.ts";
import { createSettle } from "../limits/_settle.ts";
import { readSimulateOptions } from "../_simulate_options.ts";
import { scaleUp } from "../limits/_unit.ts";

/** What a chosen forecaster is made of. */
export interface ChosenParts {
  readonly component: Component;
  readonly errors: Errors;
  readonly bounds: Bounds;
  readonly method: string;
  readonly explanation: ForecastExplanation;
  readonly confidence: number;
  /** What the inner values are multiples of: a power of two, so that huge and tiny series are computed alike. */
  readonly unit: number;
  /** The evenly spaced values the series keeps to. */
  readonly lattice: Lattice;
}

/** The forecaster behind `chooseForecaster` and `readForecaster`. */
export class ChosenForecaster implements Forecaster {
  readonly method: string;
  readonly explanation: ForecastExplanation;
  readonly #parts: ChosenParts;

  constructor(parts: ChosenParts) {
    this.method = parts.method;
    this.explanation = parts.explanation;
    this.#parts = parts;
  }

  update(values: ArrayLike<number>): this {
    requireObservations(values, 0, "update a forecaster");
    const { component, errors, bounds, unit } = this.#parts;
    for (let t = 0; t < values.length; t++) {
      // What is beyond all bounds in units of a tiny series is as large as still can be squared.
      const value = Math.min(SIZE_MAX, Math.max(-SIZE_MAX, values[t] / unit));
      errors.observe(value - bounds.clampPlausible(component.next(), 1), value);
      component.update(value);
      bounds.observe(value);
    }
    return this;
  }

  forecast(horizon: number, options: { readonly confidence?: number } = {}): Forecast {
    const action = "forecast";
    requireInteger(horizon, "horizon", { minimum: 1, maximum: 1e6 }, action);
    requireKnownOptions(options, ["confidence"], action);
    const { component, errors, bounds, method, explanation, unit, lattice } = this.#parts;
    const { confidence = this.#parts.confidence } = options;
    requireFraction(confidence, "confidence", action);
    const inner = new Float64Array(Math.max(horizon, errors.steps));
    component.predict(inner);
    for (let k = 0; k < inner.length; k++) inner[k] = bounds.clampPlausible(inner[k], k + 1);
    const outlook = errors.around(inner);
    const { below, above } = outlook.reach(confidence, horizon);
    // The walls as they are now: a later update must not change what this forecast draws.
    const clamp = bounds.freeze();
    const settle = createSettle(bounds, unit, lattice);
    const inUnits = (pick: (k: number) => number): Float64Array =>
      Float64Array.from({ length: horizon }, (_, k) => scaleUp(clamp(pick(k)), unit));
    const simulate = (options: SimulateOptions = {}): Float64Array[] => {
      const { paths, seed } = readSimulateOptions(options);
      return Array.from({ length: paths }, (_, p) => {
        const path = new Float64Array(horizon);
        outlook.draw(seed, p, path);
        for (let k = 0; k < horizon; k++) path[k] = settle(path[k]);
        return path;
      });
    };
    return {
      mean: inUnits((k) => inner[k]),
      lower: inUnits((k) => inner[k] - below[k]),
      upper: inUnits((k) => inner[k] + above[k]),
      confidence,
      method,
      explanation,
      simulate,
    };
  }

  toJson(): ForecasterJson {
    const { component, errors, bounds, confidence, unit, lattice } = this.#parts;
    return {
      version: 1,
      method: this.method,
      explanation: this.explanation,
      confidence,
      unit,
      lattice: { ...lattice },
      component: component.toJson(),
      errors: errors.toJson(),
      bounds: bounds.toJson(),
    };
  }
}
