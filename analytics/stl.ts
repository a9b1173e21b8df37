import { requireKnownOptions, requireObservations } from "./_require.ts";
import { decompose } from "./loess/_decompose.ts";
import { SMOOTHER_OPTIONS, type SmootherOptions, stlSettings } from "./loess/_stl_settings.ts";

export type { SmootherOptions };

/** Options of {@linkcode stl}. */
export interface StlOptions extends SmootherOptions {
  /** Values per cycle, at least 2; two full cycles must fit into the series. */
  readonly period: number;
  /**
   * Odd number of cycles the season of one phase looks at, at least 3: the smaller, the faster the season may change.
   * `"periodic"` lets it not change at all, as `s.window = "periodic"` in R.
   *
   * @default 7
   */
  readonly seasonalWindow?: number | "periodic";
}

/** A series as trend + seasonal + remainder. */
export interface StlResult {
  /** What is slower than a cycle; complete, also at gaps. */
  readonly trend: Float64Array;
  /** What repeats with the cycle, around 0; complete, also at gaps. */
  readonly seasonal: Float64Array;
  /** What is left, `value − trend − seasonal`; NaN at gaps. */
  readonly remainder: Float64Array;
  /** Robustness weight of each value, 0 … 1: all 1 if not robust, 0 at gaps. */
  readonly weights: Float64Array;
  /** How much each component explains, 0 … 1 (see {@linkcode StlStrength}). */
  readonly strength: StlStrength;
}

/** max(0, 1 − Var(remainder) / Var(component + remainder)), over observed values (Wang, Smith & Hyndman 2006). */
export interface StlStrength {
  /** Strength of the trend. */
  readonly trend: number;
  /** Strength of the season. */
  readonly seasonal: number;
}

/**
 * Decomposes a series into trend, season and remainder by local regressions (STL).
 *
 * Use it for a metric with one cycle whose shape may drift, with gaps, or with outliers (`robust`). Each phase of the
 * cycle is smoothed over the cycles, what is slower than a cycle is moved to the trend, and the trend is smoothed;
 * this is repeated until both settle. With the default jumps of 1 nothing is approximated.
 *
 * A missing value (`NaN`) has weight 0 and a missing remainder; trend and season run through. Where a whole window is
 * missing, they run straight between their neighbours. A series of one value repeated has season and remainder 0.
 *
 * Source: Cleveland, Cleveland, McRae & Terpenning (1990). Agrees with statsmodels `STL` (same defaults) and, given
 * its defaults, R `stl`. The median of the robustness weights is the true one, as in statsmodels.
 * Cost: O(n) per iteration for the trend, O(n · min(seasonalWindow, n / period)) for the season.
 *
 * @param values Values at a regular step, at least two cycles of them.
 * @param options The period, and how to smooth.
 * @returns The components, each as long as the series.
 * @throws {RangeError} If two cycles do not fit, a value is infinite, fewer than 2 values are observed, an option is
 * out of bounds, or a component leaves the range of doubles.
 * @throws {TypeError} If the values are not array-like, or an option is unknown.
 *
 * @example A daily cycle of four samples on a rising trend
 * ```ts
 * import { stl } from "@pronoia/analytics";
 * import { ok } from "node:assert/strict";
 *
 * const values = Array.from({ length: 40 }, (_, t) => 100 + t + [5, 0, -5, 0][t % 4]);
 * const { trend, seasonal, remainder, strength } = stl(values, { period: 4 });
 *
 * ok(Math.abs(seasonal[20] - 5) < 1e-9 && Math.abs(trend[20] - 120) < 1e-9);
 * ok(Math.abs(trend[7] + seasonal[7] + remainder[7] - values[7]) < 1e-9);
 * ok(strength.seasonal > 0.99);
 * ```
 */
export function stl(values: ArrayLike<number>, options: StlOptions): StlResult {
  const action = "decompose by stl";
  requireObservations(values, 2, action);
  requireKnownOptions(options, ["period", "seasonalWindow", ...SMOOTHER_OPTIONS], action);
  const { period, seasonalWindow = 7 } = options;
  const settings = stlSettings(values.length, period, seasonalWindow, options, action);

  const { trend, seasonal, remainder, weights, strength } = decompose(values, [settings], 1);
  return {
    trend,
    seasonal: seasonal[0],
    remainder,
    weights,
    strength: { trend: strength.trend, seasonal: strength.seasonal[0] },
  };
}
