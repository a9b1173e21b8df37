import { meanLoss } from "./accuracy/_mean_loss.ts";

/**
 * Mean absolute error of predictions, in the unit of the series: Σ |actual - predicted| / n.
 *
 * The plain yardstick: by how much predictions miss on average. Steps at which either value is missing (`NaN`) are
 * skipped. Definition as in Hyndman & Koehler (2006). O(n).
 *
 * @param actual What came.
 * @param predicted What was predicted, as long.
 * @returns The error, in the unit of the series.
 * @throws {RangeError} Different lengths, no observed pair, an infinite value, or a result beyond the largest double.
 * @throws {TypeError} Not array-like.
 *
 * @example Off by one and by three
 * ```ts
 * import { meanAbsoluteError } from "@pronoia/analytics";
 * import { strictEqual } from "node:assert/strict";
 *
 * strictEqual(meanAbsoluteError([10, 20], [11, 17]), 2);
 * ```
 */
export function meanAbsoluteError(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  return meanLoss(actual, predicted, "measure the mean absolute error", (a, p) => Math.abs(a - p));
}
