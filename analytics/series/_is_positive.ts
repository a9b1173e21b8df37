/** Whether no value is 0 or less; missing ones are not. O(n). */
export function isPositive(values: ArrayLike<number>): boolean {
  for (let t = 0; t < values.length; t++) if (values[t] <= 0) return false;
  return true;
}
