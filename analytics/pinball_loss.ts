import { requireFraction, requireKnownOptions } from "./_require.ts";
import { meanLoss } from "./accuracy/_mean_loss.ts";

/** Which quantile was predicted. */
export interface PinballLossOptions {
  /** Probability that the actual value is at most the predicted one, within (0, 1). */
  readonly quantile: number;
}

/**
 * Pinball loss of a predicted quantile q, in the unit of the series: the mean of q·(a - p) where the actual value a
 * lies above the prediction p, and of (1 - q)·(p - a) where it lies below.
 *
 * The one loss whose expectation is smallest for the true quantile (Koenker & Bassett 1978), so it judges the ends of
 * intervals. Steps at which either value is missing (`NaN`) are skipped. O(n).
 *
 * @param actual What came.
 * @param predicted The predicted quantile, as long.
 * @param options Which quantile was predicted.
 * @returns The mean loss, in the unit of the series; lower is better.
 * @throws {RangeError} Different lengths, no observed pair, an infinite value, a quantile outside (0, 1), or a result
 * beyond the largest double.
 * @throws {TypeError} Not array-like, or an unknown option.
 *
 * @example Too low costs more for a high quantile
 * ```ts
 * import { pinballLoss } from "@pronoia/analytics";
 * import { strictEqual } from "node:assert/strict";
 *
 * strictEqual(pinballLoss([10, 10], [6, 14], { quantile: 0.75 }), 2);
 * ```
 */
export function pinballLoss(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: PinballLossOptions,
): number {
  const action = "measure the pinball loss";
  requireKnownOptions(options, ["quantile"], action);
  const { quantile } = options;
  requireFraction(quantile, "quantile", action);
  return meanLoss(
    actual,
    predicted,
    action,
    (a, p) => a >= p ? quantile * (a - p) : (1 - quantile) * (p - a),
  );
}
