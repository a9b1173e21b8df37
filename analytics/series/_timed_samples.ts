import { requireObservations, requireSameLength } from "../_require.ts";

/** Samples with their times, in any spacing. */
export interface TimedSamples {
  /** When each value was taken, in epoch milliseconds. */
  readonly timesMs: ArrayLike<number>;
  /** The values; `NaN` is missing. */
  readonly values: ArrayLike<number>;
}

/** Requires as many finite times as values that are finite or missing. */
export function requireTimedSamples(samples: TimedSamples, action: string): void {
  if (samples === null || typeof samples !== "object") {
    throw new TypeError(`Cannot ${action} as the samples must be an object: found ${String(samples)}`);
  }
  const { timesMs, values } = samples;
  requireObservations(values, 0, action);
  if (requireObservations(timesMs, 0, action) !== timesMs.length) {
    throw new RangeError(`Cannot ${action} as every time must be known: found NaN`);
  }
  requireSameLength(timesMs, values, action);
}
