import { requireObservations, requireRecord, requireSameLength } from "../_require.ts";
import { meanLoss } from "./_mean_loss.ts";

/** The ends of a prediction interval per step, such as a `Forecast` has them. */
export interface IntervalBounds {
  /** Lower end per step. */
  readonly lower: ArrayLike<number>;
  /** Upper end per step. */
  readonly upper: ArrayLike<number>;
}

/** Mean loss of a value and both ends of its interval, where all three are there. */
export function meanIntervalLoss(
  actual: ArrayLike<number>,
  interval: IntervalBounds,
  action: string,
  loss: (actual: number, lower: number, upper: number) => number,
): number {
  requireInterval(actual, interval, action);
  const { lower, upper } = interval;
  const middle = Float64Array.from({ length: actual.length }, (_, i) => lower[i] / 2 + upper[i] / 2);
  return meanLoss(actual, middle, action, (value, _, i) => loss(value, lower[i], upper[i]));
}

/** Requires an interval as long as the series whose lower ends do not exceed the upper ones. */
function requireInterval(actual: ArrayLike<number>, interval: IntervalBounds, action: string): void {
  requireRecord(interval, "the interval must be an object", action);
  const { lower, upper } = interval;
  requireObservations(lower, 0, action);
  requireObservations(upper, 0, action);
  requireSameLength(actual, lower, action);
  requireSameLength(actual, upper, action);
  for (let i = 0; i < lower.length; i++) {
    if (lower[i] > upper[i]) {
      throw new RangeError(
        `Cannot ${action} as no lower end may exceed its upper end: found ${lower[i]} and ${
          upper[i]
        } at index ${i}`,
      );
    }
  }
}
