import { requireComplete, requireInteger, requireKnownOptions, requireOneOf } from "./_require.ts";
import { centre } from "./series/_centre.ts";
import { requireVariation } from "./series/_require_variation.ts";
import { AdfMoments } from "./stationarity/_adf_moments.ts";
import { requireDetrended } from "./stationarity/_detrend.ts";
import {
  type AdfCriticalValues,
  type AdfRegression,
  mackinnonCriticalValues,
  mackinnonPValue,
} from "./stationarity/_mackinnon.ts";
import { fitNested, type NestedFits } from "./stationarity/_nested_least_squares.ts";
export type { AdfCriticalValues, AdfRegression };

/** How the number of lagged differences is chosen; `"fixed"` takes `maxLag` itself. */
export type AdfLagSelection = "aic" | "bic" | "t-stat" | "fixed";

/** How to run the augmented Dickey–Fuller test. */
export interface AdfOptions {
  /**
   * Terms besides the level: `"n"` none, `"c"` constant, `"ct"` and trend, `"ctt"` and its square.
   *
   * @default "c"
   */
  readonly regression?: AdfRegression;
  /**
   * Largest number of lagged differences.
   *
   * @default ⌈12 (n / 100)^¼⌉ (Schwert 1989), as far as n allows
   */
  readonly maxLag?: number;
  /**
   * Criterion for the number of lagged differences.
   *
   * @default "aic"
   */
  readonly lagSelection?: AdfLagSelection;
}

/** Outcome of an augmented Dickey–Fuller test. */
export interface AdfResult {
  /** t-ratio of the level; the more negative, the less like a unit root. */
  readonly statistic: number;
  /** MacKinnon's approximate p-value of the unit root. */
  readonly pValue: number;
  /** Number of lagged differences in the regression. */
  readonly usedLag: number;
  /** Rows of the regression: n - 1 - usedLag. */
  readonly observations: number;
  /** MacKinnon's critical values for that many rows. */
  readonly criticalValues: AdfCriticalValues;
  /**
   * Criterion of the chosen lag on the rows all lags share; `null` for `"t-stat"` and `"fixed"`, which have none, and
   * where these rows leave no error.
   */
  readonly informationCriterion: number | null;
}

/**
 * Augmented Dickey–Fuller test of the hypothesis that a series has a unit root, so that shocks never fade.
 *
 * A small p-value speaks for a series that returns to its level (`"c"`) or trend (`"ct"`). The regression is
 * Δx[t] = ρ x[t - 1] + Σ δ(i) Δx[t - i] + terms + error, and the statistic is the t-ratio of ρ. Lags are compared by
 * AIC or BIC on the rows they share (`"t-stat"`: the longest whose last difference is significant at 10 %), then the
 * chosen one is fitted again on all the rows it allows.
 *
 * The series is centred, scaled and (`"ct"`, `"ctt"`) detrended first, which changes nothing in theory and keeps
 * every digit in practice: the statistic of a counter near 1e12 is that of the same counter started at 0. Missing
 * values (`NaN`) are refused, as lags must line up.
 *
 * Agrees with `adfuller` of statsmodels 0.15 where that is stable; it drops the constant at offsets from 1e9.
 * Sources: Dickey & Fuller (1979); Said & Dickey (1984); p-values of MacKinnon (1994), critical values of MacKinnon
 * (2010). All lags come from one factorisation: O(n · maxLag + maxLag³).
 *
 * @param values The series in equal steps, complete.
 * @param options Deterministic terms, and how many lags or how to choose them.
 * @returns Statistic and p-value, critical values, and the lags that were used.
 * @throws {RangeError} Too few values (3, 4, 6, 8 for n, c, ct, ctt), a missing or infinite one, all equal, a series
 * that follows its own past without any error (such as a noiseless line or sine), or an option out of bounds.
 * @throws {TypeError} Values or options of the wrong shape.
 *
 * @example A series that returns to its mean
 * ```ts
 * import { adfTest } from "@pronoia/analytics";
 * import { ok } from "node:assert/strict";
 *
 * const values = Array.from({ length: 200 }, (_, t) => Math.sin(t * t));
 * const { statistic, pValue, criticalValues } = adfTest(values);
 * ok(pValue < 0.01);
 * ok(statistic < criticalValues.onePercent);
 * ```
 */
export function adfTest(values: ArrayLike<number>, options: AdfOptions = {}): AdfResult {
  const action = "test for a unit root";
  requireKnownOptions(options, ["regression", "maxLag", "lagSelection"], action);
  const { regression = "c", lagSelection = "aic" } = options;
  requireOneOf(regression, "regression", ["n", "c", "ct", "ctt"], action);
  requireOneOf(lagSelection, "lagSelection", ["aic", "bic", "t-stat", "fixed"], action);
  const powers = ["n", "c", "ct", "ctt"].indexOf(regression);
  requireComplete(values, Math.max(3 + powers, 2 + 2 * powers), action);
  const n = values.length;
  // Half of the values, less the other terms; and at least one row more than there are terms.
  const longest = Math.min(Math.floor(n / 2) - powers - 1, Math.floor((n - 3 - powers) / 2));
  const { maxLag = Math.min(longest, Math.ceil(12 * (n / 100) ** 0.25)) } = options;
  requireInteger(maxLag, "maxLag", { minimum: 0, maximum: longest }, action);
  const { prepared, scale } = prepareSeries(values, powers, action);
  const moments = new AdfMoments(prepared, powers, maxLag);

  const { lag, criterion } = lagSelection === "fixed"
    ? { lag: maxLag, criterion: null }
    : chooseLag(moments, powers, maxLag, lagSelection);
  const statistic = levelStatistic(moments, powers, lag, action);
  const observations = moments.rows(lag);
  return {
    statistic,
    pValue: mackinnonPValue(statistic, regression),
    usedLag: lag,
    observations,
    criticalValues: mackinnonCriticalValues(observations, regression),
    informationCriterion: criterion === null || !Number.isFinite(criterion)
      ? null
      // The likelihood is that of the values as given: taking the scale off again shifts it by a constant.
      : criterion - 2 * moments.rows(maxLag) * Math.log(scale),
  };
}

function prepareSeries(
  values: ArrayLike<number>,
  powers: number,
  action: string,
): { readonly prepared: Float64Array; readonly scale: number } {
  const series = centre(values, values.length);
  requireVariation(series.constant, values, action);
  const { scale } = series;
  if (powers === 0) return { prepared: series.deviations.map((value) => value + series.scaledMean), scale };
  requireDetrended(series.deviations, powers - 1 as 0 | 1 | 2, action);
  return { prepared: series.deviations, scale };
}

function chooseLag(
  moments: AdfMoments,
  powers: number,
  maxLag: number,
  selection: "aic" | "bic" | "t-stat",
): { readonly lag: number; readonly criterion: number | null } {
  const fits = fitNested(
    moments.products(maxLag, "level-first"),
    () => moments.columns(maxLag, "level-first"),
  );
  const rows = moments.rows(maxLag);
  if (selection === "t-stat") return { lag: longestSignificantLag(fits, powers, rows), criterion: null };
  const penalty = selection === "aic" ? 2 : Math.log(rows);
  let best = { lag: 0, criterion: Infinity };
  for (let lag = 0; lag <= maxLag; lag++) {
    const terms = powers + 1 + lag;
    const logLikelihood = -rows / 2 * (Math.log(2 * Math.PI * fits.residualSquares[terms] / rows) + 1);
    const criterion = -2 * logLikelihood + penalty * fits.ranks[terms];
    // A smaller lag wins a tie; a perfect fit is found out by the final regression.
    if (criterion < best.criterion) best = { lag, criterion };
    if (criterion === -Infinity) break;
  }
  return best;
}

/** Counts down from the longest lag to the first whose own t-ratio is significant at 10 %, two-sided. */
function longestSignificantLag(fits: NestedFits, powers: number, rows: number): number {
  for (let lag = fits.coordinates.length - powers - 1; lag > 0; lag--) {
    const terms = powers + 1 + lag;
    const deviation = Math.sqrt(fits.residualSquares[terms] / (rows - fits.ranks[terms]));
    if (Math.abs(fits.coordinates[terms - 1]) >= 1.6448536269514722 * deviation) return lag;
  }
  return 0;
}

/** The t-ratio of the last column is its coordinate over the residual deviation: no inverse is needed. */
function levelStatistic(moments: AdfMoments, powers: number, lag: number, action: string): number {
  const products = moments.products(lag, "level-last");
  const fits = fitNested(products, () => moments.columns(lag, "level-last"));
  const terms = powers + lag + 1;
  const residualSquares = fits.residualSquares[terms];
  if (fits.ranks[terms] === fits.ranks[terms - 1] || !(residualSquares > 0)) {
    throw new RangeError(
      `Cannot ${action} as the values must not follow from their own past without error: ` +
        `no error is left at lag ${lag}`,
    );
  }
  const deviation = Math.sqrt(residualSquares / (moments.rows(lag) - fits.ranks[terms]));
  return fits.coordinates[terms - 1] / deviation;
}
