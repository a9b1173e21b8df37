import { requireInteger, requireKnownOptions, requireObservations } from "./_require.ts";
import { meanLoss } from "./accuracy/_mean_loss.ts";

/** What the errors are scaled by. */
export interface MeanAbsoluteScaledErrorOptions {
  /** The values known when the predictions were made. */
  readonly training: ArrayLike<number>;
  /**
   * Steps per season of the naive prediction that gives the scale.
   *
   * @default 1
   */
  readonly period?: number;
}

/**
 * Mean absolute error in units of what the seasonal naive method errs within the training values.
 *
 * Below 1 the predictions beat repeating the last season one step at a time; comparable across series. The scale is
 * Σ |x[t] - x[t - period]| / number of pairs. Steps at which a value is missing (`NaN`) are skipped, in the scale as
 * well. Definition: Hyndman & Koehler (2006), as in the M4 competition. O(n).
 *
 * @param actual What came.
 * @param predicted What was predicted, as long.
 * @param options The values before, and the period, that set the scale.
 * @returns The error over that of the seasonal naive method, without a unit.
 * @throws {RangeError} Different lengths, no observed pair, an infinite value, a training series not longer than the
 * period, one that repeats its season exactly so that the scale is 0, or a result beyond the largest double.
 * @throws {TypeError} Not array-like, or an unknown option.
 *
 * @example Half as wrong as the naive method
 * ```ts
 * import { meanAbsoluteScaledError } from "@pronoia/analytics";
 * import { strictEqual } from "node:assert/strict";
 *
 * strictEqual(meanAbsoluteScaledError([8, 9], [9, 10], { training: [1, 3, 5, 7] }), 0.5);
 * ```
 */
export function meanAbsoluteScaledError(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: MeanAbsoluteScaledErrorOptions,
): number {
  const action = "measure the mean absolute scaled error";
  requireKnownOptions(options, ["training", "period"], action);
  const { training, period = 1 } = options;
  requireObservations(training, 2, action);
  requireInteger(period, "period", { minimum: 1, maximum: training.length - 1 }, action);

  const before = Float64Array.from({ length: training.length - period }, (_, t) => training[t]);
  const after = Float64Array.from({ length: training.length - period }, (_, t) => training[t + period]);
  const scale = meanLoss(after, before, action, (a, p) => Math.abs(a - p));
  if (scale === 0) {
    throw new RangeError(`Cannot ${action} as the training values must not repeat exactly: the scale is 0`);
  }
  return meanLoss(actual, predicted, action, (a, p) => Math.abs(a - p) / scale);
}
