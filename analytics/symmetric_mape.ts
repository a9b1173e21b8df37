import { meanLoss } from "./accuracy/_mean_loss.ts";
import { powerOfTwoBelow } from "./series/_centre.ts";

/**
 * Symmetric mean absolute percentage error, in percent from 0 to 200: 200 / n · Σ |a - p| / (|a| + |p|).
 *
 * Comparable across series of different units, but not near zero. A step at which both values are 0 is a perfect
 * prediction and counts 0. Steps at which either value is missing (`NaN`) are skipped. This is the definition of the
 * M4 competition (Makridakis, Spiliotis & Assimakopoulos 2020). O(n).
 *
 * @param actual What came.
 * @param predicted What was predicted, as long.
 * @returns The error in per cent, 0 … 200.
 * @throws {RangeError} Different lengths, no observed pair, or an infinite value.
 * @throws {TypeError} Not array-like.
 *
 * @example Twice a value of 50
 * ```ts
 * import { symmetricMape } from "@pronoia/analytics";
 * import { strictEqual } from "node:assert/strict";
 *
 * strictEqual(symmetricMape([50, 100], [150, 100]), 50);
 * ```
 */
export function symmetricMape(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  return 200 * meanLoss(actual, predicted, "measure the symmetric percentage error", (a, p) => {
    const largest = Math.max(Math.abs(a), Math.abs(p));
    if (largest === 0) return 0;
    // Near 1, which a power of two does without rounding, neither the difference nor the sum can overflow.
    const scale = powerOfTwoBelow(largest);
    return Math.abs(a * scale - p * scale) / (Math.abs(a * scale) + Math.abs(p * scale));
  });
}
