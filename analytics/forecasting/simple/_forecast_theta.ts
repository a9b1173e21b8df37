import { acf } from "../../acf.ts";
import { normalHalfWidth } from "../../distributions/_normal_quantile.ts";
import type { Forecast, SimulateOptions } from "../../forecast_model.ts";
import { createGenerator } from "../../random/_generator.ts";
import { estimateSeasons, subtractSeasons } from "../components/_estimate_seasons.ts";
import { slopeOf } from "../../series/_slope.ts";
import { scaleUp, unitOf } from "../../series/_unit.ts";
import { readSimulateOptions } from "../_simulate_options.ts";

/** The checked options of `theta`. */
export interface ThetaTask {
  readonly period: number;
  readonly horizon: number;
  readonly confidence: number;
}

/** Simple smoothing with the first level that fits best. */
interface Smoothed {
  readonly alpha: number;
  readonly level: number;
  readonly squares: number;
  /** Half of how the squares change with the constant. */
  readonly slope: number;
}

/** Halvings of the interval around the best constant, after which it is known to the last digit. */
const HALVINGS = 52;

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

  const simulate = (options: SimulateOptions = {}): Float64Array[] => {
    const { paths, seed } = readSimulateOptions(options);
    const raw = Math.sqrt(draws.reduce((sum, error) => sum + error * error, 0) / draws.length);
    const scale = raw > 0 ? deviation / raw : 0;
    return Array.from({ length: paths }, (_, p) => {
      const random = createGenerator(seed, p);
      let offset = 0;
      for (let k = 0; k < gap; k++) offset += alpha * scale * draws[random.integer(draws.length)];
      return centre.map((value, k) => {
        const error = draws[random.integer(draws.length)] * scale;
        const path = value + offset + error;
        offset += alpha * error;
        return restore(path, k);
      });
    });
  };
  const method = isSeasonal ? `theta (${period})` : "theta";
  const warnings = period > 1 && !isSeasonal
    ? [`No season of ${period} steps stands out, so none was taken off`]
    : [];
  const explanation = { candidates: [{ method, score: null }], backtest: null, warnings };
  return { mean: at(0), lower: at(-1), upper: at(1), confidence, method, explanation, simulate };
}

/** The best of a coarse grid, as the squares can have two minima, then halvings by the sign of their slope. */
function smoothBest(values: Float64Array): Smoothed {
  const [lowest, highest, grid] = [1e-4, 0.9999, 12];
  let best = smooth(values, lowest);
  for (let i = 1; i <= grid; i++) {
    const trial = smooth(values, lowest + (highest - lowest) * i / grid);
    if (trial.squares < best.squares) best = trial;
  }
  let low = Math.max(lowest, best.alpha - 1 / grid);
  let high = Math.min(highest, best.alpha + 1 / grid);
  if (best.slope > 0) high = best.alpha;
  else low = best.alpha;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = smooth(values, (low + high) / 2);
    if (middle.slope > 0) high = middle.alpha;
    else low = middle.alpha;
  }
  return smooth(values, low === lowest ? lowest : high === highest ? highest : (low + high) / 2);
}

/**
 * The first level that fits best, in closed form: an error is `a − l·d` with `a` the error from level 0 and `d` what is
 * left of the first level, `(1 − α)ᵗ`. How both change with α is carried along.
 */
function smooth(values: Float64Array, alpha: number): Smoothed {
  let origin = 0;
  while (values[origin] !== values[origin]) origin++;
  const centre = values[origin];
  let level = 0;
  let left = 1;
  let [aa, ad, dd] = [0, 0, 0];
  // By α: of the level, of what is left of the first one, and the products of these with error and remnant.
  let [levelSlope, leftSlope, ea, ed, la, ld] = [0, 0, 0, 0, 0, 0];
  for (let t = 0; t < values.length; t++) {
    const value = values[t] - centre;
    if (value !== value) continue;
    const error = value - level;
    aa += error * error;
    ad += error * left;
    dd += left * left;
    ea -= error * levelSlope;
    ed += error * leftSlope;
    la -= left * levelSlope;
    ld += left * leftSlope;
    levelSlope += error - alpha * levelSlope;
    leftSlope = (1 - alpha) * leftSlope - left;
    level += alpha * error;
    left *= 1 - alpha;
  }
  const first = ad / dd;
  // Errors are a − l·d; at the best l the squares change with α as if l were held.
  const slope = ea - first * (ed + la) + first * first * ld;
  return { alpha, level: first + centre, squares: Math.max(0, aa - first * ad), slope };
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
