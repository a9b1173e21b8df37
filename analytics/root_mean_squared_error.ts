import { requireNoOverflow } from "./_require.ts";
import { meanLoss } from "./accuracy/_mean_loss.ts";

/**
 * Root mean squared error of predictions, in the unit of the series: √(Σ (actual - predicted)² / n).
 *
 * It punishes large misses more than the mean absolute error. Steps at which either value is missing (`NaN`) are
 * skipped. Definition as in Hyndman & Koehler (2006). O(n).
 *
 * @param actual What came.
 * @param predicted What was predicted, as long.
 * @returns The error, in the unit of the series.
 * @throws {RangeError} Different lengths, no observed pair, an infinite value, or a result beyond the largest double.
 * @throws {TypeError} Not array-like.
 *
 * @example Off by one and by seven
 * ```ts
 * import { rootMeanSquaredError } from "@pronoia/analytics";
 * import { strictEqual } from "node:assert/strict";
 *
 * strictEqual(rootMeanSquaredError([10, 20], [11, 13]), 5);
 * ```
 */
export function rootMeanSquaredError(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  const action = "measure the root mean squared error";
  let largest = 0;
  meanLoss(actual, predicted, action, (a, p) => {
    largest = Math.max(largest, Math.abs(a - p));
    return 0;
  });
  if (largest === 0) return 0;
  requireNoOverflow(largest, "the result", action);
  // Relative to the largest error no square can overflow, and none that matters can vanish.
  return largest * Math.sqrt(meanLoss(actual, predicted, action, (a, p) => ((a - p) / largest) ** 2));
}
