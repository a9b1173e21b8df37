import { acf } from "../../acf.ts";
import { normalHalfWidth } from "../../distributions/_normal_quantile.ts";
import type { Forecast } from "../../forecast_model.ts";
import { createGenerator } from "../../random/_generator.ts";
import { estimateSeasons, subtractSeasons } from "../components/_estimate_seasons.ts";
import { slopeOf } from "../../series/_slope.ts";
import { scaleUp, unitOf } from "../../series/_unit.ts";
import { etsRegion } from "../../smoothing/_ets.ts";
import { fitShape, polishFit } from "../../smoothing/_fit.ts";
import type { Shape } from "../../smoothing/_shape.ts";
import { createSimulate } from "../_create_simulate.ts";

/** The checked options of `theta`. */
export interface ThetaTask {
  readonly period: number;
  readonly horizon: number;
  readonly confidence: number;
}

/** Simple exponential smoothing. */
const SHAPE: Shape = { error: "additive", trend: "none", damped: false, seasonal: "none", period: 1 };

/** See `theta`; the values are checked. */
export function forecastTheta(values: Float64Array, task: ThetaTask): Forecast {
  const { period, horizon, confidence } = task;
  const n = values.length;
  const isSeasonal = period > 1 && hasSeason(values, period);
  const isMultiplicative = isSeasonal && values.every((value) => !(value <= 0));
  const transformed = isMultiplicative ? values.map(Math.log) : values;
  const seasons = isSeasonal ? estimateSeasons(transformed, n, [period]) : [];
  const adjusted = new Float64Array(n);
  subtractSeasons(transformed, n, seasons, -1, adjusted);
  if (isMultiplicative) { for (let t = 0; t < n; t++) adjusted[t] = Math.exp(adjusted[t]); }

  // In units of a power of two, squares of tiny values are numbers, and no digit is lost.
  const unit = unitOf(values);
  for (let t = 0; t < n; t++) adjusted[t] /= unit;

  const { alpha, level, squares } = smoothBest(adjusted);
  const drift = slopeOf(adjusted, n) / 2;
  const { level: last, draws } = errorsOf(adjusted, alpha, level);
  const deviation = Math.sqrt(squares / (draws.length - 2));

  // The smoothing lags a line by (1 − (1 − α)ⁿ)/α steps, which the drift makes up for.
  const lag = (1 - (1 - alpha) ** n) / alpha;
  const season = (k: number): number => isSeasonal ? seasons[0].values[(n + k) % period] : 0;
  const restore = (value: number, k: number): number =>
    scaleUp(value, unit) * (isMultiplicative ? Math.exp(season(k)) : 1) + (isMultiplicative ? 0 : season(k));
  const centre = Float64Array.from({ length: horizon }, (_, k) => last + drift * (k + lag));
  const z = normalHalfWidth(confidence);
  // What is not seen before the forecast is as uncertain as what comes: its steps count as well.
  const gap = n - 1 - values.findLastIndex((value) => value === value);
  const half = centre.map((_, k) => z * deviation * Math.sqrt(1 + (gap + k) * alpha * alpha));
  const at = (sign: number) => centre.map((value, k) => restore(value + sign * half[k], k));

  const raw = Math.sqrt(draws.reduce((sum, error) => sum + error * error, 0) / draws.length);
  const scale = raw > 0 ? deviation / raw : 0;
  const simulate = createSimulate((seed, number) => {
    const random = createGenerator(seed, number);
    let offset = 0;
    for (let k = 0; k < gap; k++) offset += alpha * scale * draws[random.integer(draws.length)];
    return centre.map((value, k) => {
      const error = draws[random.integer(draws.length)] * scale;
      const path = value + offset + error;
      offset += alpha * error;
      return restore(path, k);
    });
  });
  const method = isSeasonal ? `theta (${period})` : "theta";
  const warnings = period > 1 && !isSeasonal
    ? [`No season of ${period} steps stands out, so none was taken off`]
    : [];
  const explanation = { candidates: [{ method, score: null }], backtest: null, warnings };
  return { mean: at(0), lower: at(-1), upper: at(1), confidence, method, explanation, simulate };
}

/** The smoothing constant and the first level that fit best. */
function smoothBest(values: Float64Array): { alpha: number; level: number; squares: number } {
  const region = etsRegion(SHAPE);
  const fit = polishFit(fitShape(values, SHAPE, { region, action: "forecast by theta" }), region);
  const { weights, initial, objective, origin, scale } = fit;
  return { alpha: weights.level, level: (initial[0] + origin) * scale, squares: objective * scale * scale };
}

function errorsOf(values: Float64Array, alpha: number, first: number): { level: number; draws: number[] } {
  const draws: number[] = [];
  let level = first;
  for (const value of values) {
    if (value !== value) continue;
    draws.push(value - level);
    level += alpha * (value - level);
  }
  return { level, draws };
}

/** Whether the autocorrelation at the period exceeds the 90 % bound, as the M4 benchmarks test it. */
function hasSeason(values: Float64Array, period: number): boolean {
  const first = values.find((value) => value === value);
  // A constant series has no autocorrelation, and no season.
  if (values.every((value) => value === first || value !== value)) return false;
  const { values: correlations } = acf(values, { maxLag: period });
  let sum = 0;
  for (let lag = 1; lag < period; lag++) sum += correlations[lag] ** 2;
  return Math.abs(correlations[period]) > 1.645 * Math.sqrt((1 + 2 * sum) / values.length);
}
