import { requireFraction, requireInteger, requireKnownOptions, requireObservations } from "../../_require.ts";
import type { Forecaster, ForecasterJson } from "../../forecaster_model.ts";
import type { Forecast, ForecastExplanation } from "../../forecast_model.ts";
import type { Bounds } from "../limits/_bounds.ts";
import type { Component } from "../components/_component.ts";
import type { Errors } from "../errors/_errors.ts";
import { SIZE_MAX } from "../components/_json.ts";
import type { Lattice } from "../limits/_lattice.ts";
import { createSettle } from "../limits/_settle.ts";
import { createSimulate } from "../_create_simulate.ts";
import { ROUNDING, scaleUp } from "../../series/_unit.ts";

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

/** How a series came to where it stands. */
export interface ChosenState {
  /** Missing values since the last one that was seen; the component and the errors are told of them with the next. */
  gap: number;
  /** Values in a row that were too far off to be believed, negative where they are below the forecast. */
  far: number;
  /** Values in a row that were further off than the method usually is, likewise. */
  odd: number;
  /**
   * Values until as many again are known as it was chosen from; 0 where these or odd ones call for another choice.
   */
  left: number;
}

/** Missing values in a row that widen what comes after them; a forecast costs no more than so many steps extra. */
export const GAP_MAX = 10_000;
/** So many values in a row, all too far off on one side, are a new level. */
export const FAR_VALUES = 3;

/** The forecaster behind `chooseForecaster` and `readForecaster`. */
export class ChosenForecaster implements Forecaster {
  readonly method: string;
  readonly explanation: ForecastExplanation;
  readonly #parts: ChosenParts;
  readonly #state: ChosenState;

  constructor(parts: ChosenParts, state: Pick<ChosenState, "left"> & Partial<ChosenState>) {
    this.#parts = parts;
    this.method = parts.method;
    this.explanation = parts.explanation;
    this.#state = { gap: 0, far: 0, odd: 0, ...state };
  }

  get isOutgrown(): boolean {
    return this.#state.left === 0;
  }

  update(values: ArrayLike<number>): this {
    requireObservations(values, 0, "update a forecaster");
    const { bounds, unit } = this.#parts;
    const state = this.#state;
    for (let t = 0; t < values.length; t++) {
      // What is beyond all bounds in units of a tiny series is as large as still can be squared.
      const value = Math.min(SIZE_MAX, Math.max(-SIZE_MAX, values[t] / unit));
      if (value === value) {
        for (; state.gap > 0; state.gap--) this.#take(NaN);
        this.#take(value);
      } else if (state.gap < GAP_MAX) state.gap++;
      else this.#take(NaN);
      bounds.observe(value);
    }
    return this;
  }

  /**
   * Learns from a value; until values in a row say the same, one too far off counts as an error that can be believed.
   */
  #take(value: number): void {
    const { component, errors, bounds } = this.#parts;
    const state = this.#state;
    const foretold = bounds.clampPlausible(component.next(), 1);
    const { believable, surprising } = errors;
    let error = value - foretold;
    let taken = value;
    if (error === error) {
      const side = Math.sign(error);
      const inRow = (run: number, limit: number): number =>
        Math.abs(error) > limit ? side * Math.min(FAR_VALUES, 1 + Math.max(0, side * run)) : 0;
      state.odd = inRow(state.odd, surprising + ROUNDING);
      state.far = inRow(state.far, believable);
      // What was always foretold exactly is over with the first error.
      const isOver = Math.abs(state.odd) >= (surprising > 0 ? FAR_VALUES : 1);
      state.left = isOver ? 0 : Math.max(0, state.left - 1);
      if (state.far !== 0 && Math.abs(state.far) < FAR_VALUES) taken = foretold + (error = side * believable);
    }
    errors.observe(error, taken);
    component.update(taken);
  }

  forecast(horizon: number, options: { readonly confidence?: number } = {}): Forecast {
    const action = "forecast";
    requireInteger(horizon, "horizon", { minimum: 1, maximum: 1e6 }, action);
    requireKnownOptions(options, ["confidence"], action);
    const { component, errors, bounds, method, explanation, unit, lattice } = this.#parts;
    const { confidence = this.#parts.confidence } = options;
    requireFraction(confidence, "confidence", action);
    // After a gap the steps are those behind it, counted from the last value seen.
    const gap = this.#state.gap;
    const leads = gap + horizon;
    const inner = new Float64Array(errors.steps * Math.ceil(leads / errors.steps));
    component.predict(inner);
    errors.centre?.(inner);
    for (let k = 0; k < inner.length; k++) inner[k] = bounds.clampPlausible(inner[k], k + 1);
    const outlook = errors.around(inner);
    const { below, above } = outlook.reach(confidence, leads);
    // The walls as they are now: a later update must not change what this forecast draws.
    const clamp = bounds.freeze();
    const settle = createSettle(bounds, unit, lattice);
    const mean = Float64Array.from({ length: horizon }, (_, k) => scaleUp(clamp(inner[gap + k]), unit));
    // A series that is 1 or 0 is not within an interval that ends a hair below 1.
    const end = (side: 1 | -1, reach: Float64Array): Float64Array =>
      mean.map((value, k) =>
        side * Math.max(side * value, side * settle(inner[gap + k] + side * reach[gap + k]))
      );
    const simulate = createSimulate((seed, number) => {
      const whole = new Float64Array(leads);
      outlook.draw(seed, number, whole);
      const path = gap > 0 ? whole.slice(gap) : whole;
      for (let k = 0; k < horizon; k++) path[k] = settle(path[k]);
      return path;
    });
    return {
      mean,
      lower: end(-1, below),
      upper: end(1, above),
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
      ...this.#state,
    };
  }
}
