import { refuse, requireInteger, requireKnownOptions, requireObservations } from "./_require.ts";
import { decompose } from "./loess/_decompose.ts";
import { SMOOTHER_OPTIONS, type SmootherOptions, stlSettings } from "./loess/_stl_settings.ts";

/** Options of {@linkcode mstl}; those of the smoothers hold for every period. */
export interface MstlOptions extends SmootherOptions {
  /** Values per cycle of each season, such as `[24, 168]`: different, each at least 2 and fitting twice. */
  readonly periods: readonly number[];
  /**
   * Odd number of cycles each season looks at, in the order of `periods`, or `"periodic"` for one that never changes.
   *
   * @default 11, 15, 19, … from the shortest period to the longest
   */
  readonly windows?: readonly (number | "periodic")[];
  /**
   * Rounds over all seasons, 1 to 1,000; one season needs and takes a single one.
   *
   * @default 2
   */
  readonly iterate?: number;
}

/** A series as trend + seasons + remainder. */
export interface MstlResult {
  /** What is slower than every cycle; complete, also at gaps. */
  readonly trend: Float64Array;
  /** What repeats with each cycle, by period: `seasonal[24]`; complete, also at gaps. */
  readonly seasonal: Readonly<Record<number, Float64Array>>;
  /** What is left; NaN at gaps. */
  readonly remainder: Float64Array;
  /** Robustness weights of the last decomposition, 0 … 1: all 1 if not robust, 0 at gaps. */
  readonly weights: Float64Array;
  /** How much each component explains, 0 … 1, as for {@linkcode stl}. */
  readonly strength: MstlStrength;
}

/** max(0, 1 − Var(remainder) / Var(component + remainder)), over observed values (Wang, Smith & Hyndman 2006). */
export interface MstlStrength {
  /** Strength of the trend. */
  readonly trend: number;
  /** Strength of each season, by period. */
  readonly seasonal: Readonly<Record<number, number>>;
}

/**
 * Decomposes a series into trend, several seasons and remainder by repeated STL.
 *
 * Use it for a metric with, say, a daily and a weekly cycle. The seasons are taken out one after the other, shortest
 * first; each is then refined with the others removed. The trend is that of the last decomposition.
 *
 * A missing value (`NaN`) has weight 0 and a missing remainder. A period of which two full cycles do not fit is an
 * error, never dropped in silence.
 *
 * Source: Bandara, Hyndman & Bergmeir (2021). Agrees with statsmodels ≥ 0.14 `MSTL`, and R `mstl` given its options.
 * Cost: that of {@linkcode stl}, times periods, times `iterate`.
 *
 * @param values Values at a regular step, at least two cycles of the longest period.
 * @param options The periods, and how to smooth.
 * @returns The components, each as long as the series.
 * @throws {RangeError} If two cycles of a period do not fit, a period is given twice, a value is infinite, fewer than
 * 2 values are observed, an option is out of bounds, or a component leaves the range of doubles.
 * @throws {TypeError} If the values are not array-like, or an option is unknown.
 *
 * @example A day of 4 and a week of 28 samples
 * ```ts
 * import { mstl } from "@pronoia/analytics";
 * import { ok } from "node:assert/strict";
 *
 * const weekend = (t: number) => t % 28 >= 20 ? -8 : 0;
 * const values = Array.from({ length: 280 }, (_, t) => 100 + [5, 0, -5, 0][t % 4] + weekend(t));
 * const { trend, seasonal, strength } = mstl(values, { periods: [4, 28] });
 *
 * ok(Math.abs(trend[140] + seasonal[4][140] + seasonal[28][140] - values[140]) < 1);
 * ok(strength.seasonal[4] > 0.9 && strength.seasonal[28] > 0.9);
 * ```
 */
export function mstl(values: ArrayLike<number>, options: MstlOptions): MstlResult {
  const action = "decompose by mstl";
  requireObservations(values, 2, action);
  requireKnownOptions(options, ["periods", "windows", "iterate", ...SMOOTHER_OPTIONS], action);
  const seasons = sortedSeasons(options, action);
  const { iterate = 2 } = options;
  requireInteger(iterate, "iterate", { minimum: 1, maximum: 1000 }, action);
  const settings = seasons.map(({ period, window }) =>
    stlSettings(values.length, period, window, options, action)
  );
  const found = decompose(values, settings, seasons.length === 1 ? 1 : iterate);
  const byPeriod = <Part>(parts: readonly Part[]): Record<number, Part> =>
    Object.fromEntries(seasons.map(({ period }, season) => [period, parts[season]]));
  const { trend, remainder, weights, strength } = found;
  return {
    trend,
    seasonal: byPeriod(found.seasonal),
    remainder,
    weights,
    strength: { trend: strength.trend, seasonal: byPeriod(strength.seasonal) },
  };
}

interface Season {
  readonly period: number;
  readonly window: number | "periodic";
}

function sortedSeasons({ periods, windows }: MstlOptions, action: string): readonly Season[] {
  for (const [name, given] of Object.entries({ periods, windows: windows ?? [] })) {
    if (!Array.isArray(given)) refuse(given, name, "an array", action, TypeError);
  }
  if (periods.length === 0) {
    throw new RangeError(`Cannot ${action} as at least one period is needed: found 0`);
  }
  if (new Set(periods).size < periods.length) {
    throw new RangeError(`Cannot ${action} as the periods must be different: found ${periods.join(", ")}`);
  }
  if (windows !== undefined && windows.length !== periods.length) {
    throw new RangeError(
      `Cannot ${action} as each period needs a window: found ${windows.length} for ${periods.length} periods`,
    );
  }
  const order = Array.from(periods.keys()).sort((a, b) => periods[a] - periods[b]);
  return order.map((index, rank) => ({
    period: periods[index],
    window: windows === undefined ? 11 + 4 * rank : windows[index],
  }));
}
