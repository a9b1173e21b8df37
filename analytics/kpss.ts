import { requireComplete, requireInteger, requireKnownOptions, requireOneOf } from "./_require.ts";
import { centre } from "./series/_centre.ts";
import { requireVariation } from "./series/_require_variation.ts";
import { requireDetrended } from "./stationarity/_detrend.ts";
import { accumulate, automaticBandwidth, longRunVariance } from "./stationarity/_long_run_variance.ts";

/** What the series is stationary around: its level (`"c"`) or a line (`"ct"`). */
export type KpssRegression = "c" | "ct";

/** How to run the KPSS test. */
export interface KpssOptions {
  /**
   * What the series is stationary around under the hypothesis.
   *
   * @default "c"
   */
  readonly regression?: KpssRegression;
  /**
   * Autocovariances in the long-run variance: `"auto"` after Hobijn, Franses & Ooms (2004), `"legacy"` for
   * ⌈12 (n / 100)^¼⌉, or a number below n.
   *
   * @default "auto"
   */
  readonly lags?: "auto" | "legacy" | number;
}

/** Values of the statistic above which stationarity is rejected at that level. */
export interface KpssCriticalValues {
  /** At the 1 % level. */
  readonly onePercent: number;
  /** At the 2.5 % level. */
  readonly twoPointFivePercent: number;
  /** At the 5 % level. */
  readonly fivePercent: number;
  /** At the 10 % level. */
  readonly tenPercent: number;
}

/** Outcome of a KPSS test. */
export interface KpssResult {
  /** The more it exceeds the critical values, the less stationary the series looks. */
  readonly statistic: number;
  /** p-value of stationarity, interpolated in the published table and so never outside 0.01 … 0.1. */
  readonly pValue: number;
  /** Whether the true p-value is that (`"exact"`), or beyond the table: `"below"` 0.01 or `"above"` 0.1. */
  readonly pValueBound: "exact" | "below" | "above";
  /** Number of autocovariances in the long-run variance. */
  readonly usedLag: number;
  /** Asymptotic critical values of Kwiatkowski et al. (1992), table 1. */
  readonly criticalValues: KpssCriticalValues;
}

/**
 * KPSS test of the hypothesis that a series is stationary around a level or a line.
 *
 * The counterpart of `adfTest`: here a small p-value speaks against stationarity. The statistic is
 * Σ S[t]² / (n² s²), with S the running sum of the deviations and s² their long-run variance with Bartlett weights.
 * That variance is summed as squares of moving sums of the deviations, which is the same number in one pass.
 *
 * Missing values (`NaN`) are refused, as running sums must not jump. Shifting or scaling changes nothing.
 *
 * Agrees with `kpss` of statsmodels 0.15, and says by `pValueBound` what that only warns of. Source: Kwiatkowski,
 * Phillips, Schmidt & Shin (1992), Journal of Econometrics 54, 159–178. O(n).
 *
 * @param values The series in equal steps, complete.
 * @param options Level or trend, and how many lags or how to choose them.
 * @returns Statistic and p-value, critical values, and the lags that were used.
 * @throws {RangeError} Fewer than 3 values, a missing or infinite one, all equal or (`"ct"`) on one line, or an
 * option out of bounds.
 * @throws {TypeError} Values or options of the wrong shape.
 *
 * @example A line is not stationary around a level
 * ```ts
 * import { kpssTest } from "@pronoia/analytics";
 * import { strictEqual } from "node:assert/strict";
 *
 * const values = Array.from({ length: 100 }, (_, t) => t + Math.sin(t * t));
 * strictEqual(kpssTest(values).pValueBound, "below");
 * strictEqual(kpssTest(values, { regression: "ct" }).pValueBound, "above");
 * ```
 */
export function kpssTest(values: ArrayLike<number>, options: KpssOptions = {}): KpssResult {
  const action = "test for stationarity";
  requireKnownOptions(options, ["regression", "lags"], action);
  const { regression = "c", lags = "auto" } = options;
  requireOneOf(regression, "regression", ["c", "ct"], action);
  requireComplete(values, 3, action);
  const n = values.length;
  if (typeof lags === "number") requireInteger(lags, "lags", { minimum: 0, maximum: n - 1 }, action);
  else requireOneOf(lags, "lags", ["auto", "legacy"], action);
  const sums = requireDeviations(values, regression, action);
  const sumOfSquares = accumulate(sums);

  const usedLag = chooseLags(sums, lags);
  const statistic = sumOfSquares / (n * n) / longRunVariance(sums, usedLag);
  return {
    statistic,
    ...interpolatePValue(statistic, TABLE[regression]),
    usedLag,
    criticalValues: { ...TABLE[regression] },
  };
}

function requireDeviations(
  values: ArrayLike<number>,
  regression: KpssRegression,
  action: string,
): Float64Array {
  const { deviations, constant } = centre(values, values.length);
  requireVariation(constant, values, action);
  if (regression === "ct") requireDetrended(deviations, 1, action);
  return deviations;
}

function chooseLags(sums: Float64Array, lags: "auto" | "legacy" | number): number {
  const n = sums.length;
  if (typeof lags === "number") return lags;
  if (lags === "auto") return automaticBandwidth(sums);
  return Math.min(n - 1, Math.ceil(12 * (n / 100) ** 0.25));
}

function interpolatePValue(
  statistic: number,
  table: KpssCriticalValues,
): { readonly pValue: number; readonly pValueBound: "exact" | "below" | "above" } {
  const criticalValues = [
    table.tenPercent,
    table.fivePercent,
    table.twoPointFivePercent,
    table.onePercent,
  ];
  if (statistic <= criticalValues[0]) return { pValue: P_VALUES[0], pValueBound: "above" };
  if (statistic >= criticalValues[3]) return { pValue: P_VALUES[3], pValueBound: "below" };
  const above = criticalValues.findIndex((value) => statistic < value);
  const share = (statistic - criticalValues[above - 1]) / (criticalValues[above] - criticalValues[above - 1]);
  return {
    pValue: P_VALUES[above - 1] + share * (P_VALUES[above] - P_VALUES[above - 1]),
    pValueBound: "exact",
  };
}

const P_VALUES = [0.1, 0.05, 0.025, 0.01];
const TABLE: Readonly<Record<KpssRegression, KpssCriticalValues>> = {
  c: { onePercent: 0.739, twoPointFivePercent: 0.574, fivePercent: 0.463, tenPercent: 0.347 },
  ct: { onePercent: 0.216, twoPointFivePercent: 0.176, fivePercent: 0.146, tenPercent: 0.119 },
};
