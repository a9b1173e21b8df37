import { requireNoOverflow, requireObservations } from "./_require.ts";
import { centre } from "./series/_centre.ts";
import { quantileSorted } from "./series/_quantile_sorted.ts";

/** What a series looks like in ten numbers, in its own unit. */
export interface Summary {
  /** Number of values that are not missing. */
  readonly count: number;
  /** Number of missing values. */
  readonly missing: number;
  /** Smallest value. */
  readonly min: number;
  /** Largest value. */
  readonly max: number;
  /** Arithmetic mean. */
  readonly mean: number;
  /** Sample standard deviation, divisor n - 1; `null` for a single value, which says nothing of spread. */
  readonly standardDeviation: number | null;
  /** The value in the middle. */
  readonly median: number;
  /** The value that nine in ten do not exceed. */
  readonly p90: number;
  /** The value that 95 in a hundred do not exceed. */
  readonly p95: number;
  /** The value that 99 in a hundred do not exceed. */
  readonly p99: number;
}

/**
 * Summarises a series: count, range, mean, spread and the upper quantiles that latencies are judged by.
 *
 * Missing values (`NaN`) are counted and otherwise skipped. The standard deviation divides by n - 1; quantiles
 * interpolate linearly between the two nearest values (type 7 of Hyndman & Fan 1996). The mean is refined by the mean
 * of its residuals, in a unit in which neither 1e308 nor 5e-324 over- or underflows.
 *
 * Agrees with `describe` of pandas and, but for the quantiles, with simple-statistics. O(n log n).
 *
 * @param values The series, in any order; `NaN` is missing.
 * @returns The summary, in the unit of the series.
 * @throws {RangeError} No value at all is observed, a value is infinite, or the standard deviation exceeds the
 * largest double.
 * @throws {TypeError} Not array-like, or not numbers.
 *
 * @example Response times with one scrape missing
 * ```ts
 * import { summarize } from "@pronoia/analytics";
 * import { strictEqual } from "node:assert/strict";
 *
 * const { count, missing, mean, p90 } = summarize([12, 14, NaN, 10, 24]);
 * strictEqual(count, 4);
 * strictEqual(missing, 1);
 * strictEqual(mean, 15);
 * strictEqual(p90, 21);
 * ```
 */
export function summarize(values: ArrayLike<number>): Summary {
  const action = "summarize";
  const count = requireObservations(values, 1, action);
  const sorted = sortedObservations(values, count);
  const min = sorted[0];
  const max = sorted[count - 1];
  return {
    count,
    missing: values.length - count,
    min,
    max,
    ...meanAndDeviation(sorted),
    median: quantileSorted(sorted, 0.5),
    p90: quantileSorted(sorted, 0.9),
    p95: quantileSorted(sorted, 0.95),
    p99: quantileSorted(sorted, 0.99),
  };
}

function sortedObservations(values: ArrayLike<number>, count: number): Float64Array {
  const observed = new Float64Array(count);
  for (let i = 0, j = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i])) observed[j++] = values[i];
  }
  return observed.sort();
}

function meanAndDeviation(
  sorted: Float64Array,
): { readonly mean: number; readonly standardDeviation: number | null } {
  // Smallest and largest in turns, so that what cancels does so to the last digit, whatever the order of the values.
  const n = sorted.length;
  const turns = sorted.map((_, i) => sorted[i % 2 === 0 ? i / 2 : n - (i + 1) / 2]);
  const { deviations, scaledMean, scale } = centre(turns, n);
  const squares = deviations.reduce((sum, value) => sum + value * value, 0);
  const standardDeviation = n === 1 ? null : Math.sqrt(squares / (n - 1)) / scale;
  requireNoOverflow(standardDeviation ?? 0, "the standard deviation", "summarize");
  return { mean: scaledMean / scale, standardDeviation };
}
