/** The largest magnitude among the observed values, 0 where there is none. O(n). */
export function largestMagnitude(values: Float64Array): number {
  let largest = 0;
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value);
  return largest;
}
