import { selectSmallest } from "./_select_smallest.ts";

/** The value in the middle of the sorted observed ones, the upper one of two; `NaN` of none. O(n). */
export function median(values: ArrayLike<number>): number {
  const seen = new Float64Array(values).filter((value) => value === value);
  return seen.length > 0 ? selectSmallest(seen, seen.length, seen.length >> 1) : NaN;
}
