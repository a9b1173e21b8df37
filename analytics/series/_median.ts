/** The value in the middle of the sorted observed ones, the upper one of two; `NaN` of none. O(n log n). */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).filter((value) => value === value).sort();
  return sorted.length > 0 ? sorted[sorted.length >> 1] : NaN;
}
