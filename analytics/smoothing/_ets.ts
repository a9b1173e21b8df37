/** What makes a fit an ETS model: its bounds, its criteria and its name. */
import type { ForecastCandidate } from "../forecast_model.ts";
import type { SmoothingParameters } from "../smoothing_model.ts";
import { buildModel, criteria, logLikelihoodOf } from "./_build.ts";
import type { Fit } from "./_fit.ts";
import type { FittedModel } from "./_model.ts";
import { freeWeights, type Region } from "./_region.ts";
import { countStates, type Shape, shapeName } from "./_shape.ts";

/** Bounds of the weights, in search coordinates; given ones are held. */
export function etsRegion(shape: Shape, smoothing: Partial<SmoothingParameters> = {}): Region {
  const { level, trend, seasonal, damping } = smoothing;
  const hasTrend = shape.trend !== "none", hasSeason = shape.seasonal !== "none";
  const heldTrend = hasTrend ? trend : undefined, heldSeason = hasSeason ? seasonal : undefined;
  return {
    // A given β is the least that α may be, a given γ leaves α the rest.
    lower: [level ?? Math.max(1e-4, heldTrend ?? 0), 0, 0, damping ?? 0.8],
    upper: [
      level ?? Math.max(Math.min(0.9999, 1 - (heldSeason ?? 0)), heldTrend ?? 0),
      1,
      1,
      damping ?? 0.98,
    ],
    free: freeWeights(shape, smoothing),
    trendHeld: heldTrend,
    seasonalHeld: heldSeason,
  };
}

/** Likelihood and criteria of a fit. */
export function scoreEts(fit: Fit): { logLikelihood: number; aic: number; aicc: number; bic: number } {
  const { shape, estimated, observations: n } = fit;
  const k = estimated + countStates(shape) + 1;
  const logLikelihood = logLikelihoodOf(fit);
  return { logLikelihood, ...criteria(-2 * logLikelihood, k, k, n) };
}

/** Wraps a fit by likelihood up as an ETS model. */
export function describeEts(fit: Fit, candidates?: readonly ForecastCandidate[]): FittedModel {
  const { shape, weights: parameters } = fit;
  return buildModel(fit, { kind: "ets", method: shapeName(shape), parameters, score: scoreEts, candidates });
}
