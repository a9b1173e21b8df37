import { type IntervalBounds, meanIntervalLoss } from "./accuracy/_interval.ts";
export type { IntervalBounds };

/**
 * Share of values that fell within their interval, ends included, from 0 to 1.
 *
 * Intervals of 95 % should cover 0.95: fewer and they promise too much, more and they say too little. A `Forecast`
 * can be given as the interval. Steps at which a value or an end is missing (`NaN`) are skipped. O(n).
 *
 * @param actual What came.
 * @param interval The ends per step, each as long.
 * @returns Share of the observed values within their intervals, 0 … 1.
 * @throws {RangeError} Different lengths, no observed step, an infinite value, or a lower end above its upper end.
 * @throws {TypeError} Not array-like.
 *
 * @example Three of four
 * ```ts
 * import { intervalCoverage } from "@pronoia/analytics";
 * import { strictEqual } from "node:assert/strict";
 *
 * strictEqual(intervalCoverage([1, 2, 3, 9], { lower: [0, 1, 2, 3], upper: [2, 3, 4, 5] }), 0.75);
 * ```
 */
export function intervalCoverage(actual: ArrayLike<number>, interval: IntervalBounds): number {
  const action = "measure the interval coverage";
  return meanIntervalLoss(
    actual,
    interval,
    action,
    (value, lower, upper) => value >= lower && value <= upper ? 1 : 0,
  );
}
