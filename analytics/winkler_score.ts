import { requireFraction, requireKnownOptions } from "./_require.ts";
import { type IntervalBounds, meanIntervalLoss } from "./accuracy/_interval.ts";

/** What the intervals promise. */
export interface WinklerScoreOptions {
  /**
   * Probability with which the intervals should hold the value.
   *
   * @default 0.95
   */
  readonly confidence?: number;
}

/**
 * Winkler (interval) score, in the unit of the series: the mean width of the intervals, plus 2 / (1 - confidence)
 * times the distance of each value that fell outside.
 *
 * Lower is better. It rewards narrow intervals that hold: neither width nor coverage alone can be gamed (Winkler
 * 1972; Gneiting & Raftery 2007, §6.2). A `Forecast` can be given as the interval. Steps at which a value or an end
 * is missing (`NaN`) are skipped. O(n).
 *
 * @param actual What came.
 * @param interval The ends per step, each as long.
 * @param options The confidence of the interval.
 * @returns The mean score, in the unit of the series; lower is better.
 * @throws {RangeError} Different lengths, no observed step, an infinite value, a lower end above its upper end, a
 * confidence outside (0, 1), or a result beyond the largest double.
 * @throws {TypeError} Not array-like, or an unknown option.
 *
 * @example One inside, one 0.5 above
 * ```ts
 * import { winklerScore } from "@pronoia/analytics";
 * import { strictEqual } from "node:assert/strict";
 *
 * strictEqual(winklerScore([1, 4.5], { lower: [0, 2], upper: [2, 4] }, { confidence: 0.75 }), 4);
 * ```
 */
export function winklerScore(
  actual: ArrayLike<number>,
  interval: IntervalBounds,
  options: WinklerScoreOptions = {},
): number {
  const action = "measure the Winkler score";
  requireKnownOptions(options, ["confidence"], action);
  const { confidence = 0.95 } = options;
  requireFraction(confidence, "confidence", action);
  const price = 2 / (1 - confidence);
  return meanIntervalLoss(actual, interval, action, (value, lower, upper) => {
    const outside = Math.max(lower - value, value - upper, 0);
    return upper - lower + price * outside;
  });
}
