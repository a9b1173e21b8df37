import {
  requireFraction,
  requireInteger,
  requireKnownOptions,
  requireObservations,
  requirePositive,
} from "./_require.ts";
import { standardize } from "./loess/_standardize.ts";
import { calendarPeriods } from "./spectrum/_calendar.ts";
import type { CycleRange } from "./spectrum/_cycle_evidence.ts";
import { unitCircle } from "./fourier/_unit_circle.ts";
import { cycleProfile, phaseAt } from "./spectrum/_profile.ts";
import type { ResolvedPeriod } from "./spectrum/_resolve_period.ts";
import { strongestCycle } from "./spectrum/_strongest_cycle.ts";
import { removeLine } from "./spectrum/_whiten.ts";

/** Options of {@linkcode findPeriods}. */
export interface FindPeriodsOptions {
  /**
   * Shortest period to look for, in values, at least 2.
   *
   * @default 2
   */
  readonly minPeriod?: number;
  /**
   * Longest period to look for, in values. Never more than half the series: what was not seen twice is not claimed.
   *
   * @default half the series
   */
  readonly maxPeriod?: number;
  /**
   * Probability of finding a period in a series that has none, between 0 and 1.
   *
   * @default 0.01
   */
  readonly significance?: number;
  /** Time from one value to the next, in ms. Given it, periods snap to hours, days and the like. */
  readonly stepMs?: number;
}

/** What {@linkcode findPeriods} found. */
export interface FindPeriodsResult {
  /** The periods, strongest first; empty when there is none. */
  readonly periods: readonly FoundPeriod[];
}

/** A period with its evidence. */
export interface FoundPeriod {
  /** Values per cycle, a whole number. */
  readonly period: number;
  /** Power of the most telling test over the background of noise around it, which is 1. */
  readonly power: number;
  /**
   * Autocorrelation at a lag of one period of what lies around a moving average over it, less stronger periods: two
   * standard errors of noise, `2 / √observations`, at least, up to 1.
   */
  readonly acf: number;
  /** Probability of standing out as much in noise without a period, corrected for all periods looked at. */
  readonly pValue: number;
  /** Share of the variance around the trend the cycle explains, beyond what chance would, 0 … 1. */
  readonly strength: number;
}

/** Most periods that are looked for, one after the other. */
const ROUNDS_MAX = 6;
/** Weaker cycles may be significant, but nothing is gained by naming them. */
const STRENGTH_MIN = 0.02;

/**
 * Finds the periods after which a series repeats, or none.
 *
 * Use it before anything that wants a period. The series is whitened (a line, the memory of an autoregression,
 * outliers off), and its periodogram compared with a running median, so that neither trend nor random walk nor level
 * shift looks like a season. Three F-tests look for smooth, structured and short-peaked cycles; a candidate must
 * repeat as a hill of the autocorrelation (Vlachos, Yu & Castelli 2005), and each of its cycles be foretold by the
 * others, so that bursts that happen to lie a period apart are none. The strongest is taken out and the rest searched
 * again, so that harmonics and multiples of a period are not reported beside it, while a day within a week is.
 *
 * Missing values (`NaN`) are left out. A constant or very short series has no period. Periods are whole numbers of
 * values: of a true period of 24.4 the nearest is found. One period on, the series must be like itself beyond chance,
 * and the cycle explain 2 % of the variance. Two whole cycles at least must lie within the series; those seen fewer
 * than three times must be alike to the eye, with a correlation of 0.6. Two jumps that lie a period apart, such as
 * level shifts or restarts of a process, are not a season yet.
 *
 * With `stepMs`, a period that the record cannot tell from a calendar one (1, 2, 5, 10, 15, 20, 30 minutes, 1, 2, 3,
 * 4, 6, 8, 12 hours, a day, a week) becomes that one, and these are looked for with half of the chance of a false
 * alarm.
 *
 * Cost: O(n log n) per period found.
 *
 * @param values Values at a regular step.
 * @param options Where to look, how sure to be.
 * @returns The periods, strongest first.
 * @throws {RangeError} If a value is infinite, or an option is out of bounds.
 * @throws {TypeError} If the values are not array-like, or an option is unknown.
 *
 * @example An hour in a day of minutes
 * ```ts
 * import { findPeriods } from "@pronoia/analytics";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const values = Array.from({ length: 1440 }, (_, t) => 20 + Math.sin(2 * Math.PI * t / 60));
 * const { periods } = findPeriods(values, { stepMs: 60_000 });
 *
 * deepStrictEqual(periods.map(({ period }) => period), [60]);
 * ```
 */
export function findPeriods(
  values: ArrayLike<number>,
  options: FindPeriodsOptions = {},
): FindPeriodsResult {
  const action = "find periods";
  requireKnownOptions(options, ["minPeriod", "maxPeriod", "significance", "stepMs"], action);
  const observations = requireObservations(values, 0, action);
  const length = values.length;
  const { minPeriod = 2, significance = 0.01, stepMs } = options;
  requireInteger(minPeriod, "minPeriod", { minimum: 2 }, action);
  const { maxPeriod = Math.max(minPeriod, length >> 1) } = options;
  requireInteger(maxPeriod, "maxPeriod", { minimum: minPeriod }, action);
  requireFraction(significance, "significance", action);
  if (stepMs !== undefined) requirePositive(stepMs, "stepMs", action);

  const longest = Math.min(maxPeriod, length >> 1);
  const favoured = stepMs === undefined ? [] : calendarPeriods(stepMs, minPeriod, longest);
  const range: CycleRange = { minPeriod, maxPeriod: longest, significance, favoured };
  if (observations < 8 || range.maxPeriod < minPeriod) return { periods: [] };
  const { values: scaled, observed } = standardize(values);
  const rest = removeLine(scaled, observed);
  const squares = rest.reduce((sum, value) => sum + value * value, 0);
  // Two standard errors of the autocorrelation of noise: what is not like itself one period on has no period.
  const chance = 2 / Math.sqrt(observations);
  const circle = unitCircle(2 ** Math.ceil(Math.log2(2 * length)));
  const taken: ResolvedPeriod[] = [];
  const periods: FoundPeriod[] = [];
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const found = strongestCycle(rest, observed, range, circle, stepMs, taken);
    if (found === null) break;
    const { period, power, pValue } = found;
    const whole = cycleProfile(rest, observed, period);
    const broken = found.exact === period ? whole : cycleProfile(rest, observed, period, found.exact);
    const exact = broken.strength > whole.strength + 0.02 ? found.exact : period;
    const { means, strength, acf } = exact === period ? whole : broken;
    taken.push({ period, exact });
    if (strength >= STRENGTH_MIN && acf > chance) {
      periods.push({ period, power, acf, pValue, strength });
    }
    removeProfile(rest, observed, means, exact);
    // What remains of a series without noise is rounding, which has periods of its own.
    if (rest.reduce((sum, value) => sum + value * value, 0) < 1e-20 * squares) break;
  }
  return { periods: periods.sort((a, b) => b.strength - a.strength || a.period - b.period) };
}

function removeProfile(
  values: Float64Array,
  observed: Uint8Array | null,
  means: Float64Array,
  exact: number,
): void {
  for (let t = 0; t < values.length; t++) {
    if (observed === null || observed[t] === 1) values[t] -= means[phaseAt(t, means.length, exact)];
  }
}
