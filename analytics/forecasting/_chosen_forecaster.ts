import { requireFraction, requireInteger, requireKnownOptions, requireObservations } from "../_require.ts";
import type { Forecaster, ForecasterJson } from "../forecaster_model.ts";
import type { Forecast, ForecastExplanation, SimulateOptions } from "../forecast_model.ts";
import type { Bounds } from "./_bounds.ts";
import type { Component } from "./_component.ts";
import type { ErrorModel } from "./_error_model.ts";
import { readSimulateOptions } from "./_simulate_options.ts";

/** What a chosen forecaster is made of. */
export interface ChosenParts {
  readonly component: Component;
  readonly errors: ErrorModel;
  readonly bounds: Bounds;
  readonly method: string;
  readonly explanation: ForecastExplanation;
  readonly confidence: number;
  /** What the inner values are multiples of: a power of two, so that huge and tiny series are computed alike. */
  readonly unit: number;
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

  update(values: ArrayLike<number>): void {
    requireObservations(values, 0, "update a forecaster");
    const { component, errors, bounds, unit } = this.#parts;
    for (let t = 0; t < values.length; t++) {
      const value = values[t] / unit;
      errors.observe(value - bounds.clampPlausible(component.next()));
      component.update(value);
      bounds.observe(value);
    }
  }

  forecast(horizon: number, options: { readonly confidence?: number } = {}): Forecast {
    const action = "forecast";
    requireInteger(horizon, "horizon", { minimum: 1, maximum: 1e6 }, action);
    requireKnownOptions(options, ["confidence"], action);
    const { component, errors, bounds, method, explanation, unit } = this.#parts;
    const { confidence = this.#parts.confidence } = options;
    requireFraction(confidence, "confidence", action);
    const mean = new Float64Array(horizon);
    component.predict(mean);
    const scales = errors.scales(horizon);
    const below = Math.min(0, errors.quantile(0.5 - confidence / 2));
    const above = Math.max(0, errors.quantile(0.5 + confidence / 2));
    const lower = new Float64Array(horizon);
    const upper = new Float64Array(horizon);
    for (let k = 0; k < horizon; k++) {
      mean[k] = bounds.clampPlausible(mean[k]);
      lower[k] = scaleUp(bounds.clamp(mean[k] + scales[k] * below), unit);
      upper[k] = scaleUp(bounds.clamp(mean[k] + scales[k] * above), unit);
    }
    // The walls as they are now: a later update must not change what this forecast draws.
    const clamp = bounds.freeze();
    const simulate = (options: SimulateOptions = {}): Float64Array[] => {
      const { paths, seed } = readSimulateOptions(options);
      return Array.from({ length: paths }, (_, p) => {
        const path = new Float64Array(horizon);
        errors.draw(seed, p, path);
        for (let k = 0; k < horizon; k++) path[k] = scaleUp(clamp(mean[k] + scales[k] * path[k]), unit);
        return path;
      });
    };
    return {
      mean: mean.map((value) => scaleUp(value, unit)),
      lower,
      upper,
      confidence,
      method,
      explanation,
      simulate,
    };
  }

  toJson(): ForecasterJson {
    const { component, errors, bounds, confidence, unit } = this.#parts;
    return {
      version: 1,
      method: this.method,
      explanation: this.explanation,
      confidence,
      unit,
      component: component.toJson(),
      errors: errors.toJson(),
      bounds: bounds.toJson(),
    };
  }
}

/** A multiple of the unit as a value, which stays finite. */
function scaleUp(multiple: number, unit: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, multiple * unit));
}
