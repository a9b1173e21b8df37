/** The longest stretch without a missing value, half-open; the first of several. O(n). */
export function longestCompleteRun(
  values: ArrayLike<number>,
): { readonly fromIndex: number; readonly toIndex: number } {
  let [fromIndex, toIndex, start] = [0, 0, 0];
  for (let i = 0; i <= values.length; i++) {
    if (i < values.length && !Number.isNaN(values[i])) continue;
    if (i - start > toIndex - fromIndex) [fromIndex, toIndex] = [start, i];
    start = i + 1;
  }
  return { fromIndex, toIndex };
}
