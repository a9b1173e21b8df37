import { median } from "../../series/_median.ts";
import { quantileSorted } from "../../series/_quantile_sorted.ts";
import { slopeOf } from "../../series/_slope.ts";

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
/** Values on either side the height of a jump is taken from. */
const NEAR = 10;
/** Values on either side its slope is taken from. */
const AROUND = 100;

/**
 * Brings what was before a gross jump of the level to the level after it, so that one clean-up of a disk does not
 * spoil what the rest of the series tells.
 *
 * Jumps are left as they are where there are more than `most`, or where they go both ways: then they are how the series
 * is. O(n log n).
 */
export function alignLevels(values: Float64Array, most: number): AlignedLevels {
  const untouched = { values, jumps: [] };
  const jumps = findJumps(values, most);
  if (jumps.length === 0 || jumps.length > most) return untouched;
  const heights = jumps.map((t) => heightAt(values, t, NEAR) - NEAR * slopeAround(values, t));
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
  const middle = (from: number, to: number): number =>
    median(Array.from(values.subarray(from, to)).filter((value) => value === value));
  return middle(t, t + reach) - middle(t - reach, t);
}

/** Slope of the lines on either side of `t`, on average: what the level changes by itself between two places. */
function slopeAround(values: Float64Array, t: number): number {
  const before = values.subarray(Math.max(0, t - AROUND), t);
  const after = values.subarray(t, t + AROUND);
  return (slopeOf(before, before.length) * before.length + slopeOf(after, after.length) * after.length) /
    (before.length + after.length);
}
