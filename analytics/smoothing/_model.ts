/** The fitted model behind Holt-Winters and ETS alike: a filter's state, and what it foretells. */
import {
  requireFraction,
  requireInteger,
  requireKnownOptions,
  requireObservations,
  requirePositiveValues,
} from "../_require.ts";
import { normalHalfWidth } from "../distributions/_normal_quantile.ts";
import type { Forecast, ForecastExplanation } from "../forecast_model.ts";
import { createSimulate } from "../forecasting/_create_simulate.ts";
import { createGenerator } from "../random/_generator.ts";
import type {
  SmoothingJson,
  SmoothingModel,
  SmoothingParameters,
  SmoothingState,
} from "../smoothing_model.ts";
import { createTrajectory, runFilter, type State } from "./_filter.ts";
import { drawPath, type ErrorSource, predictMean, predictVariance, takeQuantiles } from "./_predict.ts";
import { isLinear, needsPositive, type Shape, type Weights } from "./_shape.ts";

/** Figures of the fit. */
export type Scores = Pick<
  SmoothingModel,
  "sse" | "variance" | "observations" | "logLikelihood" | "aic" | "aicc" | "bic"
>;

/** Everything a model consists of; states and errors are in standardised units. */
export interface ModelParts {
  readonly kind: SmoothingJson["kind"];
  readonly method: string;
  readonly shape: Shape;
  readonly weights: Weights;
  readonly parameters: SmoothingParameters;
  readonly origin: number;
  readonly scale: number;
  readonly initial: State;
  /** State after the last value that was seen. */
  readonly state: State;
  /** Seasonal phase of the value after that one. */
  readonly phase: number;
  /** Missing values since. */
  readonly gap: number;
  readonly scores: Scores;
  /** Summarised when first asked for: sorting residuals costs more than a simple fit. */
  readonly errors: () => ErrorSource;
  /** Standard deviation of the errors. */
  readonly deviation: number;
  readonly explanation: ForecastExplanation;
}

/**
 * Largest value in units of the fit whose square is a number, longest horizon, most paths, and paths behind intervals
 * that have no closed form.
 */
const deviationsMax = 1e150, horizonMax = 1_000_000, intervalPaths = 2000;
/** Missing values in a row that widen what comes after them; a forecast costs no more than so many steps extra. */
export const gapMax = 10_000;

/** A model without the series it was fitted to. */
export class FilterModel implements SmoothingModel {
  declare readonly sse: number;
  declare readonly variance: number;
  declare readonly observations: number;
  declare readonly logLikelihood: number;
  declare readonly aic: number;
  declare readonly aicc: number;
  declare readonly bic: number;
  readonly #parts: ModelParts;
  readonly #state: State;
  #phase: number;
  #gap: number;

  constructor(parts: ModelParts) {
    this.#parts = parts;
    this.#state = parts.state;
    this.#phase = parts.phase;
    this.#gap = parts.gap;
    Object.assign(this, parts.scores);
  }

  get method(): string {
    return this.#parts.method;
  }
  get period(): number {
    return this.#parts.shape.seasonal === "none" ? 1 : this.#parts.shape.period;
  }
  get parameters(): SmoothingParameters {
    return this.#parts.parameters;
  }
  get initialState(): SmoothingState {
    return this.#describe(this.#parts.initial, 0);
  }
  get state(): SmoothingState {
    const state = this.#state.slice();
    return this.#describe(state, this.#move(state, this.#phase, new Float64Array(this.#gap).fill(NaN)));
  }

  update(values: ArrayLike<number>): this {
    const { shape, origin, scale } = this.#parts;
    const action = "update the model";
    requireObservations(values, 0, action);
    if (needsPositive(shape)) requirePositiveValues(values, `${this.method} needs positive values`, action);
    const standardised = new Float64Array(values.length);
    for (let t = 0; t < values.length; t++) {
      standardised[t] = values[t] / scale - origin;
      // To a model of values near 1e-300 a value of 1 is as good as infinite.
      if (Math.abs(standardised[t]) > deviationsMax) {
        throw new RangeError(
          `Cannot ${action} as no value may exceed ${deviationsMax} times the unit of the fit: ` +
            `value at index ${t} is ${values[t]}`,
        );
      }
    }
    const gap = this.#gap;
    const last = standardised.findLastIndex((value) => value === value);
    const steps = gap + values.length;
    // What is missing is passed when the next value is there, as until then forecasts start from the last one.
    const moved = Math.max(last < 0 ? 0 : gap + last + 1, steps - gapMax);
    if (moved > 0) {
      const all = new Float64Array(steps).fill(NaN);
      all.set(standardised, gap);
      this.#phase = this.#move(this.#state, this.#phase, all.subarray(0, moved));
    }
    this.#gap = steps - Math.max(0, moved);
    return this;
  }

  /** The expected values alone, which cost no intervals. */
  expect(horizon: number): Float64Array {
    const { shape, weights, origin, scale } = this.#parts;
    const mean = new Float64Array(this.#gap + horizon);
    predictMean(shape, weights, this.#state, this.#phase, mean);
    return requireFiniteSteps(mean.subarray(this.#gap).map((value) => (value + origin) * scale), "forecast");
  }

  /** Moves a state over values; gives its phase after them. */
  #move(state: State, phase: number, values: Float64Array): number {
    const { shape, weights } = this.#parts;
    runFilter(shape, weights, state, values, phase, createTrajectory(shape, values.length));
    return shape.seasonal === "none" ? phase : (phase + values.length) % shape.period;
  }

  forecast(horizon: number, options: { readonly confidence?: number } = {}): Forecast {
    const action = `forecast with ${this.method}`;
    requireInteger(horizon, "horizon", { minimum: 1, maximum: horizonMax }, action);
    requireKnownOptions(options, ["confidence"], action);
    const { confidence = 0.95 } = options;
    requireFraction(confidence, "confidence", action);

    const { shape, weights, errors, deviation, origin, scale, method, explanation } = this.#parts;
    const start = this.#state.slice();
    const phase = this.#phase;
    const gap = this.#gap;
    // After a gap the steps are those behind it, counted from the last value seen.
    const leads = gap + horizon;
    const state = start.slice();
    const whole = new Float64Array(leads);
    const simulate = createSimulate((seed, number) => {
      state.set(start);
      drawPath(shape, weights, state, phase, errors(), createGenerator(seed, number), whole);
      const out = whole.slice(gap);
      for (let h = 0; h < horizon; h++) out[h] = (out[h] + origin) * scale;
      return requireFiniteSteps(out, "simulate");
    });
    const inner = new Float64Array(leads);
    predictMean(shape, weights, start, phase, inner);
    const mean = inner.slice(gap);
    const lower = new Float64Array(horizon), upper = new Float64Array(horizon);
    if (isLinear(shape)) {
      const variance = new Float64Array(leads);
      predictVariance(shape, weights, deviation ** 2, inner, variance);
      const width = normalHalfWidth(confidence);
      for (let h = 0; h < horizon; h++) {
        const half = width * Math.sqrt(variance[gap + h]);
        lower[h] = (mean[h] - half + origin) * scale;
        upper[h] = (mean[h] + half + origin) * scale;
      }
    } else {
      takeQuantiles(simulate({ paths: intervalPaths }), (1 - confidence) / 2, lower, upper);
    }
    for (let h = 0; h < horizon; h++) mean[h] = (mean[h] + origin) * scale;
    for (const steps of [mean, lower, upper]) requireFiniteSteps(steps, action);
    return { mean, lower, upper, confidence, method, explanation, simulate };
  }

  toJson(): SmoothingJson {
    const { kind, initial, state: _moved, phase: _start, errors: summarise, ...rest } = this.#parts;
    return {
      kind,
      version: 1,
      model: {
        ...rest,
        initial: Array.from(initial),
        state: Array.from(this.#state),
        phase: this.#phase,
        gap: this.#gap,
        errors: { quantiles: Array.from(summarise().quantiles) },
      },
    };
  }

  #describe(state: State, phase: number): SmoothingState {
    const { shape, origin, scale } = this.#parts;
    const unit = shape.seasonal === "multiplicative" ? 1 : scale;
    const seasonal = new Float64Array(state.length - 2);
    for (let j = 0; j < seasonal.length; j++) seasonal[j] = unit * state[2 + (phase + j) % seasonal.length];
    return {
      level: (state[0] + origin) * scale,
      trend: shape.trend === "none" ? 0 : shape.trend === "additive" ? state[1] * scale : state[1],
      seasonal,
    };
  }
}

/** The expected values of any model of this library, without the intervals where they are not needed. */
export function expectSteps(model: SmoothingModel, horizon: number): Float64Array {
  return model instanceof FilterModel ? model.expect(horizon) : model.forecast(horizon).mean;
}

/** A model together with the series it was fitted to, seen through its filter. */
export class FittedModel extends FilterModel {
  readonly fitted: Float64Array;
  readonly residuals: Float64Array;

  constructor(parts: ModelParts, fitted: Float64Array, residuals: Float64Array) {
    super(parts);
    this.fitted = fitted;
    this.residuals = residuals;
  }
}

/** A trend that multiplies leaves the range of doubles at long horizons. */
function requireFiniteSteps(steps: Float64Array, action: string): Float64Array {
  const at = steps.findIndex((step) => !Number.isFinite(step));
  if (at < 0) return steps;
  throw new RangeError(`Cannot ${action} as every step must be a finite number: step ${at + 1} overflows`);
}
