import { requireInteger, requireKnownOptions, requireNoOverflow, requireObservations } from "./_require.ts";

/** Which differences to take. */
export interface DifferenceOptions {
  /**
   * Steps between the two values: 1 takes a trend off, a period takes a season off.
   *
   * @default 1
   */
  readonly lag?: number;
}

/** The differences of a series. */
export interface DifferencedSeries {
  /** `values[t + lag] - values[t]`, `lag` fewer than there were values; `NaN` where either is missing. */
  readonly values: Float64Array;
}

/**
 * Takes the differences of a series, in its own unit.
 *
 * Use it where `judgeStationarity` finds a unit root: the differences of a random walk are its shocks, which are
 * stationary. With the period as the lag it takes off a season that does not change. O(n).
 *
 * @param values The series in equal steps; `NaN` is missing.
 * @param options The lag.
 * @returns The differences.
 * @throws {RangeError} Fewer than two values, a lag that is not an integer from 1 to one less than their number, an
 * infinite value, or a difference beyond the largest double.
 * @throws {TypeError} Values or options of the wrong shape.
 *
 * @example A line, and a season of two steps
 * ```ts
 * import { difference } from "@pronoia/analytics";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * deepStrictEqual([...difference([1, 4, 7, 10]).values], [3, 3, 3]);
 * deepStrictEqual([...difference([5, 1, 5, 1], { lag: 2 }).values], [0, 0]);
 * ```
 */
export function difference(values: ArrayLike<number>, options: DifferenceOptions = {}): DifferencedSeries {
  const action = "take differences";
  requireKnownOptions(options, ["lag"], action);
  requireObservations(values, 0, action);
  if (values.length < 2) {
    throw new RangeError(`Cannot ${action} as at least 2 values are needed: found ${values.length}`);
  }
  const { lag = 1 } = options;
  requireInteger(lag, "lag", { minimum: 1, maximum: values.length - 1 }, action);
  const differences = new Float64Array(values.length - lag);
  for (let t = 0; t < differences.length; t++) {
    differences[t] = values[t + lag] - values[t];
    requireNoOverflow(differences[t], "each", action, t);
  }
  return { values: differences };
}
