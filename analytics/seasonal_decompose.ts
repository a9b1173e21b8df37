import {
  requireBoolean,
  requireComplete,
  requireInteger,
  requireKnownOptions,
  requireOneOf,
  requirePositiveValues,
} from "./_require.ts";
import { restoreScale, standardize } from "./loess/_standardize.ts";
import { requirePeriod } from "./loess/_stl_settings.ts";
import { extendEnds } from "./series/_extend_ends.ts";
import { movingAverage } from "./series/_moving_average.ts";

/** Options of {@linkcode seasonalDecompose}. */
export interface SeasonalDecomposeOptions {
  /** Values per cycle, at least 2; two full cycles must fit into the series. */
  readonly period: number;
  /**
   * Whether the components add up to the series or multiply to it; `"multiplicative"` needs values above 0.
   *
   * @default "additive"
   */
  readonly model?: "additive" | "multiplicative";
  /**
   * Whether the moving average looks both ways; if not, only at the present and the past.
   *
   * @default true
   */
  readonly twoSided?: boolean;
  /**
   * Continues the trend to the ends of the series by a least-squares line through this many points + 1 nearest to
   * them; `"period"` takes one cycle of points, 0 leaves the ends missing.
   *
   * @default 0
   */
  readonly extrapolateTrend?: number | "period";
}

/** A series as trend, season and remainder. */
export interface SeasonalDecomposeResult {
  /** The series itself. */
  readonly observed: Float64Array;
  /** Moving average over one cycle; NaN where its window leaves the series, unless extrapolated. */
  readonly trend: Float64Array;
  /** One cycle repeated, of mean 0 (additive) or 1 (multiplicative). */
  readonly seasonal: Float64Array;
  /** What is left: observed − trend − seasonal, or observed / trend / seasonal; NaN where the trend is. */
  readonly remainder: Float64Array;
}

/**
 * Decomposes a series by moving averages, the classical way.
 *
 * Use it where a season that never changes is wanted, fast and easy to explain; use `stl` where the season drifts,
 * values are missing or the ends matter. The trend is a moving average over one cycle (for an even period over
 * period + 1 values, the outer two at half weight), the season the mean of what is left per phase, centred.
 *
 * Missing values are refused, as a moving average has no value beside one: `stl` takes them. Near the ends the trend
 * is NaN by definition (half a cycle on either side, or one cycle at the start if not two-sided) unless extrapolated.
 * Extrapolation follows statsmodels to the point: the line at the end leaves the last average out.
 *
 * Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, §3.4. Agrees with statsmodels
 * `seasonal_decompose`. Cost: O(n).
 *
 * @param values Values at a regular step, none missing, at least two cycles of them.
 * @param options The period, and how to decompose.
 * @returns The components, each as long as the series.
 * @throws {RangeError} If two cycles do not fit, a value is missing or infinite, an option is out of bounds, or a
 * value or an extrapolated trend is not above 0 for the multiplicative model, or a component leaves the range of
 * doubles.
 * @throws {TypeError} If the values are not array-like, or an option is unknown.
 *
 * @example A cycle of four samples on a rising trend
 * ```ts
 * import { seasonalDecompose } from "@pronoia/analytics";
 * import { ok } from "node:assert/strict";
 *
 * const values = Array.from({ length: 12 }, (_, t) => 100 + t + [5, 0, -5, 0][t % 4]);
 * const { trend, seasonal } = seasonalDecompose(values, { period: 4 });
 *
 * ok(Number.isNaN(trend[0]) && Math.abs(trend[6] - 106) < 1e-9);
 * ok(Math.abs(seasonal[0] - 5) < 1e-9 && Math.abs(seasonal[6] + 5) < 1e-9);
 * ```
 */
export function seasonalDecompose(
  values: ArrayLike<number>,
  options: SeasonalDecomposeOptions,
): SeasonalDecomposeResult {
  const action = "decompose by moving averages";
  requireComplete(values, 2, action);
  requireKnownOptions(options, ["period", "model", "twoSided", "extrapolateTrend"], action);
  const { period, model = "additive", twoSided = true, extrapolateTrend = 0 } = options;
  requirePeriod(values.length, period, action);
  requireOneOf(model, "model", ["additive", "multiplicative"], action);
  requireBoolean(twoSided, "twoSided", action);
  if (extrapolateTrend !== "period") {
    requireInteger(extrapolateTrend, "extrapolateTrend", { minimum: 0 }, action);
  }
  const isProduct = model === "multiplicative";
  if (isProduct) requirePositiveValues(values, "a multiplicative season needs values above 0", action);

  const points = extrapolateTrend === "period" ? period : extrapolateTrend === 0 ? 0 : extrapolateTrend + 1;
  const { values: centred, centre, unit } = standardize(values);
  // Ratios keep their digits whatever the level, and centred would lose those of values far below it.
  const scaled = isProduct ? Float64Array.from(values, (value) => value / unit) : centred;
  const trend = movingAverage(scaled, period, twoSided);
  if (points > 0) extendEnds(trend, points);
  if (isProduct) requirePositiveValues(trend, "the extrapolated trend must stay above 0", action);
  takeOff(scaled, trend, isProduct);
  const cycle = phaseMeans(scaled, period);
  takeOff(
    cycle,
    new Float64Array(period).fill(cycle.reduce((sum, value) => sum + value) / period),
    isProduct,
  );
  const seasonal = repeat(cycle, scaled.length);
  takeOff(scaled, seasonal, isProduct);
  return {
    observed: new Float64Array(values),
    trend: restoreScale(trend, unit, isProduct ? 0 : centre),
    seasonal: isProduct ? seasonal : restoreScale(seasonal, unit, 0),
    remainder: isProduct ? scaled : restoreScale(scaled, unit, 0),
  };
}

/** Takes a component off the series that it is added to or multiplies, in place. */
function takeOff(series: Float64Array, component: Float64Array, isProduct: boolean): void {
  if (isProduct) { for (let t = 0; t < series.length; t++) series[t] /= component[t]; }
  else for (let t = 0; t < series.length; t++) series[t] -= component[t];
}

/** Means of the known values of each phase. */
function phaseMeans(series: Float64Array, period: number): Float64Array {
  const means = new Float64Array(period);
  const counts = new Int32Array(period);
  for (let t = 0, phase = 0; t < series.length; t++) {
    const value = series[t];
    if (value === value) {
      means[phase] += value;
      counts[phase]++;
    }
    if (++phase === period) phase = 0;
  }
  for (let phase = 0; phase < period; phase++) means[phase] /= counts[phase];
  return means;
}

function repeat(cycle: Float64Array, length: number): Float64Array {
  const series = new Float64Array(length);
  for (let t = 0; t < length; t++) series[t] = cycle[t % cycle.length];
  return series;
}
