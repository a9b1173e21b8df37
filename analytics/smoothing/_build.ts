/** From a fit in standardised units to the model that is handed out. */
import type { ForecastCandidate } from "../forecast_model.ts";
import type { SmoothingJson, SmoothingParameters } from "../smoothing_model.ts";
import { summariseErrors } from "./_errors.ts";
import type { ErrorSource } from "./_predict.ts";
import { createTrajectory, runFilter, type Trajectory } from "./_filter.ts";
import type { Fit } from "./_fit.ts";
import { FittedModel, gapMax, type Scores } from "./_model.ts";
import { countStates, isLinear, seasonHasMean } from "./_shape.ts";

/** How a family of models names and counts. */
export interface BuildOptions {
  readonly kind: SmoothingJson["kind"];
  readonly method: string;
  readonly parameters: SmoothingParameters;
  readonly score: (fit: Fit) => Pick<Scores, "aic" | "aicc" | "bic" | "logLikelihood">;
  /**
   * The table of candidates the model was chosen from, the model itself first; by default it alone, with its AICc.
   */
  readonly candidates?: readonly ForecastCandidate[];
}

/**
 * Mean square below which residuals are rounding (the series is near 1 in these units): it keeps the logarithm of a
 * perfect fit finite.
 */
const meanSquareMin = 1e-30;

/** Gaussian log-likelihood of a fit in the units of the series, with all constants. */
export function logLikelihoodOf({ objective, observations, scale }: Fit): number {
  const meanSquare = Math.max(objective / observations, meanSquareMin);
  return -observations / 2 * (Math.log(2 * Math.PI * meanSquare) + 1) - observations * Math.log(scale);
}

/** Logarithm of the mean squared error in the units of the series. */
export function logMeanSquareOf({ objective, observations, scale }: Fit): number {
  return Math.log(Math.max(objective / observations, meanSquareMin)) + 2 * Math.log(scale);
}

/** Information criteria of a fit so bad with so many parameters, the correction of small samples counting others. */
export function criteria(
  badness: number,
  parameters: number,
  corrected: number,
  observations: number,
): { aic: number; aicc: number; bic: number } {
  const aic = badness + 2 * parameters;
  const freedom = observations - corrected - 1;
  return {
    aic,
    aicc: freedom > 0 ? aic + 2 * corrected * (corrected + 1) / freedom : Infinity,
    bic: badness + parameters * Math.log(observations),
  };
}

/** The score where there is one: a correction for too few observations is infinite, which JSON does not know. */
export function finiteOrNull(score: number): number | null {
  return Number.isFinite(score) ? score : null;
}

/** Runs the filter once more to the end and wraps it up. */
export function buildModel(fit: Fit, options: BuildOptions): FittedModel {
  const { shape, weights, initial, standardised: { values }, origin, scale, observations } = fit;
  const { kind, method, parameters, score } = options;
  const relative = shape.error === "multiplicative";
  const state = initial.slice();
  balanceSeason(fit, state);
  const balanced = state.slice();
  const path = createTrajectory(shape, values.length);
  runFilter(shape, weights, state, values, 0, path);

  const fitted = new Float64Array(values.length), residuals = new Float64Array(values.length);
  let squares = 0;
  for (let t = 0; t < values.length; t++) {
    const missing = values[t] !== values[t];
    const foretold = missing ? foretell(fit, path, t) : values[t] - path.error[t];
    fitted[t] = (foretold + origin) * scale;
    const error = relative ? path.error[t] / foretold : path.error[t];
    residuals[t] = missing ? NaN : error;
    squares += missing ? 0 : error * error;
  }
  const unit = relative ? 1 : scale;
  const freedom = Math.max(observations - fit.estimated - countStates(shape), 1);
  const deviation = Math.sqrt(squares / freedom);
  let source: ErrorSource | undefined;
  const errors = () => source ??= summariseErrors(residuals, deviation);
  for (let t = 0; t < residuals.length; t++) residuals[t] *= unit;
  const figures = score(fit);
  const scores = {
    sse: squares * unit * unit,
    variance: squares / freedom * unit * unit,
    observations,
    ...figures,
  };
  const { candidates = [{ method, score: finiteOrNull(figures.aicc) }] } = options;
  const explanation = { candidates, backtest: null, warnings: [] };
  const seen = Math.max(1 + values.findLastIndex((value) => value === value), values.length - gapMax);
  if (seen < values.length) [state[0], state[1]] = [path.level[seen], path.trend[seen]];
  const phase = shape.seasonal === "none" ? 0 : seen % shape.period;
  return new FittedModel(
    {
      kind,
      method,
      shape,
      weights,
      parameters,
      origin,
      scale,
      initial: balanced,
      state,
      phase,
      gap: values.length - seen,
      scores,
      errors,
      deviation,
      explanation,
    },
    fitted,
    residuals,
  );
}

/** Moves what the season shares with the level into the level: amounts sum to 0, factors average 1. */
function balanceSeason({ shape }: Fit, state: Float64Array): void {
  if (shape.seasonal === "none" || seasonHasMean(shape)) return;
  let sum = 0;
  for (let j = 2; j < state.length; j++) sum += state[j];
  const mean = sum / (state.length - 2);
  if (shape.seasonal === "additive") {
    state[0] += mean;
    for (let j = 2; j < state.length; j++) state[j] -= mean;
    return;
  }
  state[0] *= mean;
  if (shape.trend === "additive") state[1] *= mean;
  for (let j = 2; j < state.length; j++) state[j] /= mean;
}

/** What the filter foretold where nothing was observed. */
function foretell({ shape, weights }: Fit, path: Trajectory, t: number): number {
  const season = path.season[t];
  const expected = isLinear(shape) ? path.level[t] + weights.damping * path.trend[t] : path.expected[t];
  return shape.seasonal === "multiplicative" ? expected * season : expected + season;
}
