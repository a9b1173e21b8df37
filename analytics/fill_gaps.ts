import { requireInteger, requireKnownOptions, requireObservations } from "./_require.ts";

/** Which gaps to fill. */
export interface FillGapsOptions {
  /** Longest gap that is filled, in steps, at least 1. There is no default: inventing values should be a decision. */
  readonly maxGap: number;
}

/** A series whose short gaps are filled. */
export interface FilledSeries {
  /** The series; longer gaps, and those at either end, are still `NaN`. */
  readonly values: Float64Array;
  /** Number of values that were invented. */
  readonly filled: number;
  /** Number of values that are still missing. */
  readonly missing: number;
}

/**
 * Fills short gaps of a series by straight lines between their neighbours, and says how many values it invented.
 *
 * Use it before `adfTest` and `kpssTest`, which refuse gaps, when a few scrapes are missing. Nothing else in the
 * library fills gaps: estimators that can do without skip what is missing, which is better than a line wherever they
 * are to be had, as a line looks less noisy than the series. O(n).
 *
 * @param values The series in equal steps; `NaN` is missing.
 * @param options The longest gap to fill.
 * @returns The series, and how much of it was filled and is missing.
 * @throws {RangeError} An infinite value, or a longest gap that is not an integer of at least 1.
 * @throws {TypeError} Values or options of the wrong shape.
 *
 * @example One short gap, one long
 * ```ts
 * import { fillGaps } from "@pronoia/analytics";
 * import { deepStrictEqual, strictEqual } from "node:assert/strict";
 *
 * const { values, filled } = fillGaps([1, NaN, 3, NaN, NaN, 9], { maxGap: 1 });
 * deepStrictEqual([...values], [1, 2, 3, NaN, NaN, 9]);
 * strictEqual(filled, 1);
 * ```
 */
export function fillGaps(values: ArrayLike<number>, options: FillGapsOptions): FilledSeries {
  const action = "fill gaps";
  requireKnownOptions(options, ["maxGap"], action);
  const observations = requireObservations(values, 0, action);
  const { maxGap } = options;
  requireInteger(maxGap, "maxGap", { minimum: 1 }, action);
  const series = new Float64Array(values);
  let filled = 0;
  let before = -1;
  for (let t = 0; t < series.length; t++) {
    if (Number.isNaN(series[t])) continue;
    const gap = t - before - 1;
    if (before >= 0 && gap > 0 && gap <= maxGap) {
      for (let k = 1; k <= gap; k++) {
        const weight = k / (gap + 1);
        // Weighted this way round, two neighbours of opposite sign and huge size cannot overflow.
        series[before + k] = series[before] * (1 - weight) + series[t] * weight;
      }
      filled += gap;
    }
    before = t;
  }
  return { values: series, filled, missing: series.length - observations - filled };
}
