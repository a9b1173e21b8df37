import {
  requireBounds,
  requireFinite,
  requireKnownOptions,
  requireObservations,
  requirePositive,
  requireRecord,
} from "./_require.ts";

/** What the values must keep to. At least one bound is needed. */
export interface ViolationBounds {
  /**
   * Values below it violate; `null` for none.
   *
   * @default null
   */
  readonly min?: number | null;
  /**
   * Values above it violate; `null` for none.
   *
   * @default null
   */
  readonly max?: number | null;
  /**
   * An excursion of at most this long is tolerated: it neither is an interval nor counts.
   *
   * @default 0
   */
  readonly toleranceMs?: number;
}

/** One stretch of time during which a bound was broken. */
export interface ViolationInterval {
  /** Time of the first violating sample, in epoch milliseconds. */
  readonly fromMs: number;
  /** One step after the last violating sample, exclusive: each sample stands for the step it begins. */
  readonly toMs: number;
  /** Whether it lasts to the end of the series, so that more may follow. */
  readonly ongoing: boolean;
  /** Which bound was broken. */
  readonly bound: "min" | "max";
  /** The value farthest beyond the bound. */
  readonly worst: number;
  /** When that was, in epoch milliseconds; the first time, if several. */
  readonly worstAtMs: number;
  /** Number of violating samples. */
  readonly samples: number;
}

/** All violations of a series. */
export interface Violations {
  /** The violations in order of time. */
  readonly intervals: readonly ViolationInterval[];
  /** Number of observed values. */
  readonly samples: number;
  /** How many of them lie within an interval. */
  readonly violating: number;
  /** Number of missing values; whether they violated is not known. */
  readonly missing: number;
  /** Duration of all intervals together, in milliseconds. */
  readonly violatedMs: number;
  /** Distance of two values, in milliseconds. */
  readonly stepMs: number;
}

/**
 * Finds when a series was below a minimum or above a maximum.
 *
 * A value equal to a bound keeps it. Consecutive violating values of one bound make one interval, half-open as all
 * ranges: it ends a step after its last sample. A jump from above the maximum to below the minimum starts a new one.
 *
 * A missing value (`NaN`) is neither kept nor broken: it is counted apart and ends an interval, as nothing is known
 * of it. With `toleranceMs`, excursions that last at most that long are forgiven altogether; one that touches the end
 * of the series is not yet over, and is judged by its length so far. What alternates between the bounds, or is
 * interrupted by a missing value, is judged piece by piece: it may be forgiven though it is longer as a whole.
 * `fillGaps` beforehand closes short gaps. O(n).
 *
 * @param series Values in equal steps from `startMs`, in epoch milliseconds.
 * @param bounds The bounds, and how long an excursion from them is tolerated.
 * @returns Intervals, and counts of samples.
 * @throws {RangeError} No bound, a minimum above the maximum, a bound, start or value that is not finite, a step that
 * is not positive, or a negative tolerance.
 * @throws {TypeError} A series or options of the wrong shape.
 *
 * @example Two samples above 100
 * ```ts
 * import { findViolations } from "@pronoia/analytics";
 * import { deepStrictEqual, strictEqual } from "node:assert/strict";
 *
 * const series = { startMs: 0, stepMs: 1000, values: [90, 110, 120, NaN, 100] };
 * const { intervals, missing } = findViolations(series, { max: 100 });
 * deepStrictEqual(intervals, [
 *   { fromMs: 1000, toMs: 3000, ongoing: false, bound: "max", worst: 120, worstAtMs: 2000, samples: 2 },
 * ]);
 * strictEqual(missing, 1);
 * ```
 */
export function findViolations(
  series: { readonly startMs: number; readonly stepMs: number; readonly values: ArrayLike<number> },
  bounds: ViolationBounds,
): Violations {
  const action = "find violations";
  requireKnownOptions(bounds, ["min", "max", "toleranceMs"], action);
  const { min, max } = requireBounds(bounds, action);
  const { toleranceMs = 0 } = bounds;
  requireFinite(toleranceMs, "toleranceMs", action);
  if (toleranceMs < 0) {
    throw new RangeError(`Cannot ${action} as "toleranceMs" must not be negative: found ${toleranceMs}`);
  }
  requireRecord(series, "the series must be { startMs, stepMs, values }", action);
  const { startMs, stepMs, values } = series;
  const samples = requireObservations(values, 0, action);
  requireFinite(startMs, "startMs", action);
  requirePositive(stepMs, "stepMs", action);

  if (!Number.isFinite(Math.abs(startMs) + values.length * stepMs)) {
    throw new RangeError(`Cannot ${action} as the series must end at a finite time: it overflows`);
  }

  const intervals: ViolationInterval[] = [];
  for (let i = 0; i < values.length; i++) {
    const bound = brokenBound(values[i], min, max);
    if (bound === null) continue;
    const from = i;
    let worst = i;
    while (i + 1 < values.length && brokenBound(values[i + 1], min, max) === bound) {
      i++;
      if (bound === "max" ? values[i] > values[worst] : values[i] < values[worst]) worst = i;
    }
    if ((i + 1 - from) * stepMs <= toleranceMs) continue;
    intervals.push({
      fromMs: startMs + from * stepMs,
      toMs: startMs + (i + 1) * stepMs,
      ongoing: i + 1 === values.length,
      bound,
      worst: values[worst],
      worstAtMs: startMs + worst * stepMs,
      samples: i + 1 - from,
    });
  }
  const violating = intervals.reduce((sum, interval) => sum + interval.samples, 0);
  const missing = values.length - samples;
  return { intervals, samples, violating, missing, violatedMs: violating * stepMs, stepMs };
}

function brokenBound(value: number, min: number, max: number): "min" | "max" | null {
  if (value > max) return "max";
  return value < min ? "min" : null;
}
