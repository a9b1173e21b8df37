import { refuse, requireBoolean, requireInteger } from "../_require.ts";
import type { StlSettings } from "./_stl_filter.ts";

/** What `stl` and `mstl` share: how each smoother works and how often. */
export interface SmootherOptions {
  /**
   * Odd number of values the trend looks at, at least 3.
   *
   * @default the smallest odd number from 1.5 · period / (1 − 1.5 / seasonalWindow) on
   */
  readonly trendWindow?: number;
  /**
   * Odd number of values the low-pass filter looks at, at least 3.
   *
   * @default the smallest odd number above the period
   */
  readonly lowPassWindow?: number;
  /**
   * Degree of the local polynomial of the season, 0 or 1.
   *
   * @default 0 if the window is "periodic", 1 if not
   */
  readonly seasonalDegree?: number;
  /**
   * Degree of the local polynomial of the trend, 0 or 1.
   *
   * @default 1
   */
  readonly trendDegree?: number;
  /**
   * Degree of the local polynomial of the low-pass filter, 0 or 1.
   *
   * @default 1
   */
  readonly lowPassDegree?: number;
  /**
   * Cycles from one evaluated point of the season to the next, with straight lines between.
   *
   * @default 1
   */
  readonly seasonalJump?: number;
  /**
   * Values from one evaluated point of the trend to the next; R takes a tenth of the window.
   *
   * @default 1
   */
  readonly trendJump?: number;
  /**
   * Values from one evaluated point of the low-pass filter to the next.
   *
   * @default 1
   */
  readonly lowPassJump?: number;
  /**
   * Whether outliers are weighed down over `outerIterations`.
   *
   * @default false
   */
  readonly robust?: boolean;
  /**
   * Rounds of season and trend per outer iteration, 1 to 1,000.
   *
   * @default 2 if robust, 5 if not
   */
  readonly innerIterations?: number;
  /**
   * Rounds of reweighting, 0 to 1,000.
   *
   * @default 15 if robust, 0 if not
   */
  readonly outerIterations?: number;
}

/** Names of the options above, for the check of misspelt ones. */
export const SMOOTHER_OPTIONS: readonly string[] = [
  "trendWindow",
  "lowPassWindow",
  "seasonalDegree",
  "trendDegree",
  "lowPassDegree",
  "seasonalJump",
  "trendJump",
  "lowPassJump",
  "robust",
  "innerIterations",
  "outerIterations",
];

/** Checks the options and fills in what is not given. */
export function stlSettings(
  length: number,
  period: number,
  seasonalWindow: number | "periodic",
  options: SmootherOptions,
  action: string,
): StlSettings {
  requirePeriod(length, period, action);
  const periodic = seasonalWindow === "periodic";
  if (!periodic) requireOddWindow(seasonalWindow, "seasonalWindow", action);
  const cycleWindow = periodic ? 10 * length + 1 : seasonalWindow;
  const {
    trendWindow = nextOdd(Math.ceil(1.5 * period / (1 - 1.5 / cycleWindow))),
    lowPassWindow = nextOdd(period + 1),
    seasonalDegree = periodic ? 0 : 1,
    trendDegree = 1,
    lowPassDegree = 1,
    seasonalJump = 1,
    trendJump = 1,
    lowPassJump = 1,
    robust = false,
    innerIterations = robust ? 2 : 5,
    outerIterations = robust ? 15 : 0,
  } = options;
  requireBoolean(robust, "robust", action);
  requireOddWindow(trendWindow, "trendWindow", action);
  requireOddWindow(lowPassWindow, "lowPassWindow", action);
  requireInteger(seasonalJump, "seasonalJump", { minimum: 1 }, action);
  requireInteger(trendJump, "trendJump", { minimum: 1 }, action);
  requireInteger(lowPassJump, "lowPassJump", { minimum: 1 }, action);
  requireInteger(innerIterations, "innerIterations", { minimum: 1, maximum: 1000 }, action);
  requireInteger(outerIterations, "outerIterations", { minimum: 0, maximum: 1000 }, action);
  return {
    period,
    seasonalWindow: cycleWindow,
    trendWindow,
    lowPassWindow,
    seasonalDegree: requireDegree(seasonalDegree, "seasonalDegree", action),
    trendDegree: requireDegree(trendDegree, "trendDegree", action),
    lowPassDegree: requireDegree(lowPassDegree, "lowPassDegree", action),
    seasonalJump,
    trendJump,
    lowPassJump,
    innerIterations,
    outerIterations,
    periodic,
  };
}

/** Requires a period of at least 2 that fits twice into the series. */
export function requirePeriod(length: number, period: number, action: string): void {
  requireInteger(period, "period", { minimum: 2 }, action);
  if (length < 2 * period) {
    throw new RangeError(
      `Cannot ${action} as two full cycles are needed: found ${length} values for a period of ${period}`,
    );
  }
}

function requireOddWindow(value: number, name: string, action: string): void {
  requireInteger(value, name, { minimum: 3 }, action);
  if (value % 2 === 0) {
    refuse(value, name, "odd", action);
  }
}

function requireDegree(value: number, name: string, action: string): 0 | 1 {
  requireInteger(value, name, { minimum: 0, maximum: 1 }, action);
  return value === 0 ? 0 : 1;
}

function nextOdd(value: number): number {
  return value % 2 === 0 ? value + 1 : value;
}
