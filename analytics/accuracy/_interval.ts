import { requireObservations, requireSameLength } from "../_require.ts";

/** The ends of a prediction interval per step, such as a `Forecast` has them. */
export interface IntervalBounds {
  /** Lower end per step. */
  readonly lower: ArrayLike<number>;
  /** Upper end per step. */
  readonly upper: ArrayLike<number>;
}

/** Requires an interval as long as the series whose lower ends do not exceed the upper ones. */
export function requireInterval(actual: ArrayLike<number>, interval: IntervalBounds, action: string): void {
  if (interval === null || typeof interval !== "object") {
    throw new TypeError(`Cannot ${action} as the interval must be an object: found ${String(interval)}`);
  }
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
