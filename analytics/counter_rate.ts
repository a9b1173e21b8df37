import { requireNoOverflow } from "./_require.ts";
import { requireTimedSamples, type TimedSamples } from "./series/_timed_samples.ts";
export type { TimedSamples };

/** Rates with their times. */
export interface CounterRate {
  /** The times of the samples, in epoch milliseconds. */
  readonly timesMs: Float64Array;
  /** Increase per second since the sample before; `NaN` for the first, and where the counter is missing. */
  readonly values: Float64Array;
}

/**
 * Turns a counter into its rate per second, aware of resets.
 *
 * A counter only grows, until its process restarts at 0: where a value is smaller than the one before, all of it has
 * come since. That is what `rate` of Prometheus assumes; unlike `rate`, which averages over a window and extrapolates
 * to its ends, each interval between two samples gets its own rate, and nothing is extrapolated.
 *
 * Gaps stay gaps: a missing value (`NaN`) has no rate. The next observed one carries the mean rate since the last
 * observed one, as a counter goes on counting unseen. A reset that a gap hides goes unnoticed if the counter has
 * overtaken its old value by then. O(n).
 *
 * @param samples The counter, in strict order of time; use `regularize` afterwards to bring the rate onto a grid.
 * @returns Rates per second, one for each sample.
 * @throws {RangeError} Times that are not finite or do not increase, a negative or infinite value, different lengths.
 * @throws {TypeError} Samples of the wrong shape.
 *
 * @example A restart between the last two scrapes
 * ```ts
 * import { counterRate } from "@pronoia/analytics";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const { values } = counterRate({ timesMs: [0, 10_000, 20_000], values: [100, 150, 20] });
 * deepStrictEqual([...values], [NaN, 5, 2]);
 * ```
 */
export function counterRate(samples: TimedSamples): CounterRate {
  const action = "compute the rate of a counter";
  requireTimedSamples(samples, action);
  const timesMs = Float64Array.from(samples.timesMs);
  const values = new Float64Array(timesMs.length).fill(NaN);
  let previous = -1;
  for (let i = 0; i < timesMs.length; i++) {
    const value = samples.values[i];
    if (i > 0 && !(timesMs[i] > timesMs[i - 1])) {
      throw new RangeError(
        `Cannot ${action} as times must increase: found ${timesMs[i]} after ${timesMs[i - 1]} at index ${i}`,
      );
    }
    if (value < 0) {
      throw new RangeError(
        `Cannot ${action} as a counter is never negative: value at index ${i} is ${value}`,
      );
    }
    if (Number.isNaN(value)) continue;
    if (previous >= 0) {
      const before = samples.values[previous];
      const increase = value < before ? value : value - before;
      values[i] = perSecond(increase, timesMs[i] - timesMs[previous], action);
    }
    previous = i;
  }
  return { timesMs, values };
}

function perSecond(increase: number, elapsedMs: number, action: string): number {
  // Whole seconds divide exactly, so that equal counts over equal times are the nearest double to their rate.
  const rate = increase / (elapsedMs / 1000);
  requireNoOverflow(rate, "the rate", action);
  return rate;
}
