/** How many values are there, `NaN` being a missing one. O(n). */
export function countObserved(values: Float64Array): number {
  return values.reduce((count, value) => Number.isNaN(value) ? count : count + 1, 0);
}
