import { requireObservations, requireRecord, requireSameLength } from "../_require.ts";

/** Samples with their times, in any spacing. */
export interface TimedSamples {
  /** When each value was taken, in epoch milliseconds. */
  readonly timesMs: ArrayLike<number>;
  /** The values; `NaN` is missing. */
  readonly values: ArrayLike<number>;
}

/** Requires as many finite times as values that are finite or missing. */
export function requireTimedSamples(samples: TimedSamples, action: string): void {
  requireRecord(samples, "the samples must be { timesMs, values }", action);
  const { timesMs, values } = samples;
  requireObservations(values, 0, action);
  if (requireObservations(timesMs, 0, action) !== timesMs.length) {
    throw new RangeError(`Cannot ${action} as every time must be known: found NaN`);
  }
  requireSameLength(timesMs, values, action);
}
