import { mstl, type MstlOptions } from "./mstl.ts";

/** What {@linkcode deseasonalize} returns. */
export interface DeseasonalizeResult {
  /** The series less its seasons; NaN at gaps. */
  readonly values: Float64Array;
  /** The sum of all seasons that was taken off; complete, also at gaps. */
  readonly seasonal: Float64Array;
}

/**
 * Takes the seasons from a series.
 *
 * Use it to look at what a metric does beside its daily and weekly rhythm: to compare this hour with the last, to
 * test for a change, or to hold against a threshold that should not depend on the time of day. The seasons are those
 * of {@linkcode mstl}, with the same options and the same rules for gaps.
 *
 * Cost: that of `mstl`.
 *
 * @param values Values at a regular step, at least two cycles of the longest period.
 * @param options The periods, and how to smooth.
 * @returns The series without its seasons, and the seasons.
 * @throws {RangeError} As {@linkcode mstl}.
 * @throws {TypeError} As {@linkcode mstl}.
 *
 * @example A rise that the daily cycle hides
 * ```ts
 * import { deseasonalize } from "@pronoia/analytics";
 * import { ok } from "node:assert/strict";
 *
 * const values = Array.from({ length: 60 }, (_, t) => 0.1 * t + [9, 0, -9, 0][t % 4]);
 * const { values: rest } = deseasonalize(values, { periods: [4] });
 *
 * ok(rest.every((value, t) => Math.abs(value - 0.1 * t) < 1e-9));
 * ```
 */
export function deseasonalize(values: ArrayLike<number>, options: MstlOptions): DeseasonalizeResult {
  const { seasonal } = mstl(values, options);
  const sum = new Float64Array(values.length);
  for (const season of Object.values(seasonal)) {
    for (let t = 0; t < sum.length; t++) sum[t] += season[t];
  }
  return { values: sum.map((season, t) => values[t] - season), seasonal: sum };
}
