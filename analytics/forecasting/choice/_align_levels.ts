import { median } from "../../series/_median.ts";
import { quantileSorted } from "../../series/_quantile_sorted.ts";

/** Values that were brought to one level. */
export interface AlignedLevels {
  readonly values: Float64Array;
  /** First values of new levels. */
  readonly jumps: readonly number[];
}

/** A jump is this many usual changes from one value to the next, and stays for so many values. */
const JUMP = 10;
const STAY = 10;
/** Part of the jump that must still be there once it has stayed. */
const KEPT = 0.7;
/** A jump is gross where it is larger than this many times the spread of the series without jumps. */
const GROSS = 2;
/** Values on either side the height of a jump is taken from, at least. */
const NEAR = 30;

/**
 * Brings what was before a gross jump of the level to the level after it, so that one clean-up of a disk does not
 * spoil what the rest of the series tells.
 *
 * Jumps are left as they are where there are more than `most`, or where they go both ways: then they are how the
 * series is. O(n log n).
 *
 * @param period Steps of the longest season, 1 where there is none.
 */
export function alignLevels(values: Float64Array, most: number, period: number): AlignedLevels {
  const untouched = { values, jumps: [] };
  const jumps = findJumps(values, most);
  if (jumps.length === 0 || jumps.length > most) return untouched;
  // Whole seasons are compared, and what changes by itself is what changed between the two before.
  const reach = period * Math.ceil(NEAR / period);
  const heights = jumps.map((t) => riseAt(values, t, reach) - (riseAt(values, t - reach, reach) || 0));
  if (heights.some((height) => height * heights[0] < 0)) return untouched;
  const aligned = values.slice();
  jumps.forEach((jump, i) => {
    for (let t = 0; t < jump; t++) aligned[t] += heights[i];
  });
  const spread = spreadOf(aligned);
  return heights.every((height) => Math.abs(height) > GROSS * spread)
    ? { values: aligned, jumps }
    : untouched;
}

/** From the lowest tenth of the values to the highest. */
function spreadOf(values: Float64Array): number {
  const sorted = values.filter((value) => value === value).sort();
  return quantileSorted(sorted, 0.9) - quantileSorted(sorted, 0.1);
}

/** Where the level jumps and stays, up to one more than `most` places. */
function findJumps(values: Float64Array, most: number): number[] {
  const changes: number[] = [];
  let before = NaN;
  for (const value of values) {
    if (value !== value) continue;
    if (before === before) changes.push(Math.abs(value - before));
    before = value;
  }
  const limit = JUMP * median(changes);
  const jumps: number[] = [];
  if (!(limit > 0)) return jumps;
  before = values[0];
  for (let t = 1; t < values.length && jumps.length <= most; t++) {
    const change = values[t] - before;
    if (values[t] === values[t]) before = values[t];
    if (!(Math.abs(change) > limit) || t < STAY || t + STAY > values.length) continue;
    const height = heightAt(values, t, STAY);
    if (height * Math.sign(change) > Math.max(limit, KEPT * Math.abs(change))) jumps.push(t);
  }
  return jumps;
}

/** Median of the `reach` places from `t` on, less that of those before it. */
function heightAt(values: Float64Array, t: number, reach: number): number {
  return median(values.subarray(t, t + reach)) - median(values.subarray(t - reach, t));
}

/** Median change over `reach` places, of as many from `t` on. */
function riseAt(values: Float64Array, t: number, reach: number): number {
  return median(Array.from({ length: reach }, (_, i) => values[t + i] - values[t + i - reach]));
}
