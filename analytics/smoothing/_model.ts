/** The fitted model behind Holt-Winters and ETS alike: a filter's state, and what it foretells. */
import { requireFraction, requireInteger, requireKnownOptions, requireObservations } from "../_require.ts";
import { normalHalfWidth } from "../distributions/_normal_quantile.ts";
import type { Forecast, ForecastExplanation, SimulateOptions } from "../forecast_model.ts";
import { readSimulateOptions } from "../forecasting/_simulate_options.ts";
import { createGenerator } from "../random/_generator.ts";
import { quantileSorted } from "../series/_quantile_sorted.ts";
import type {
  SmoothingJson,
  SmoothingModel,
  SmoothingParameters,
  SmoothingState,
} from "../smoothing_model.ts";
import { createTrajectory, runFilter, type State } from "./_filter.ts";
import { drawPath, type ErrorSource, predictMean, predictVariance } from "./_predict.ts";
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
  readonly state: State;
  /** Seasonal phase of the next value. */
  readonly phase: number;
  readonly scores: Scores;
  /** Summarised when first asked for: sorting residuals costs more than a simple fit. */
  readonly errors: () => ErrorSource;
  /** Standard deviation of the errors. */
  readonly deviation: number;
  readonly explanation: ForecastExplanation;
}

/** Largest value in units of the fit whose square is a number, longest horizon, most paths, and paths behind intervals that have no closed form. */
const deviationsMax = 1e150, horizonMax = 1_000_000, intervalPaths = 2000;

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

  constructor(parts: ModelParts) {
    this.#parts = parts;
    this.#state = parts.state;
    this.#phase = parts.phase;
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
    return this.#describe(this.#state, this.#phase);
  }

  update(values: ArrayLike<number>): this {
    const { shape, weights, origin, scale } = this.#parts;
    requireObservations(values, 0, "update the model");
    const standardised = new Float64Array(values.length);
    for (let t = 0; t < values.length; t++) {
      if (needsPositive(shape) && values[t] <= 0) {
        throw new RangeError(
          `Cannot update the model as ${this.method} needs positive values: value at index ${t} is ${
            values[t]
          }`,
        );
      }
      standardised[t] = values[t] / scale - origin;
      // To a model of values near 1e-300 a value of 1 is as good as infinite.
      if (Math.abs(standardised[t]) > deviationsMax) {
        throw new RangeError(
          `Cannot update the model as no value may exceed ${deviationsMax} times the unit of the fit: ` +
            `value at index ${t} is ${values[t]}`,
        );
      }
    }
    runFilter(shape, weights, this.#state, standardised, this.#phase, createTrajectory(shape, values.length));
    if (shape.seasonal !== "none") this.#phase = (this.#phase + values.length) % shape.period;
    return this;
  }

  forecast(horizon: number, options: { readonly confidence?: number } = {}): Forecast {
    const action = `forecast with ${this.method}`;
    requireInteger(horizon, "horizon", { minimum: 1, maximum: horizonMax }, action);
    requireKnownOptions(options, ["confidence"], action);
    const { confidence = 0.95 } = options;
    requireFraction(confidence, "confidence", action);

    const { shape, weights, deviation, origin, scale, method, explanation } = this.#parts;
    const start = this.#state.slice();
    const phase = this.#phase;
    const simulate = (options: SimulateOptions = {}): Float64Array[] => {
      const { paths, seed } = readSimulateOptions(options);
      const source = this.#parts.errors();
      const state = start.slice();
      return Array.from({ length: paths }, (_, path) => {
        const out = new Float64Array(horizon);
        state.set(start);
        drawPath(shape, weights, state, phase, source, createGenerator(seed, path), out);
        for (let h = 0; h < horizon; h++) out[h] = (out[h] + origin) * scale;
        return requireFiniteSteps(out, "simulate");
      });
    };
    const mean = new Float64Array(horizon);
    predictMean(shape, weights, start, phase, mean);
    const lower = new Float64Array(horizon), upper = new Float64Array(horizon);
    if (isLinear(shape)) {
      const variance = new Float64Array(horizon);
      predictVariance(shape, weights, deviation ** 2, mean, variance);
      const width = normalHalfWidth(confidence);
      for (let h = 0; h < horizon; h++) {
        const half = width * Math.sqrt(variance[h]);
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
    const { quantiles, bandwidth } = summarise();
    return {
      kind,
      version: 1,
      model: {
        ...rest,
        initial: Array.from(initial),
        state: Array.from(this.#state),
        phase: this.#phase,
        errors: { quantiles: Array.from(quantiles), bandwidth },
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

/** Writes the two quantiles of every step over all paths, interpolated linearly. */
function takeQuantiles(paths: Float64Array[], tail: number, lower: Float64Array, upper: Float64Array): void {
  const column = new Float64Array(paths.length);
  for (let h = 0; h < lower.length; h++) {
    for (let p = 0; p < paths.length; p++) column[p] = paths[p][h];
    column.sort();
    lower[h] = quantileSorted(column, tail);
    upper[h] = quantileSorted(column, 1 - tail);
  }
}
