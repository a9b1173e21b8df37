/**
 * The smallest value at which the weights of all values up to it reach `share` of their sum.
 *
 * Quickselect on both arrays, which are reordered: O(n) instead of the sort's O(n log n).
 */
export function weightedQuantile(values: Float64Array, weights: Float64Array, share: number): number {
  let target = 0;
  for (let i = 0; i < weights.length; i++) target += weights[i];
  target *= share;
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    // Three ways, so that many equal values end the search at once.
    let less = low;
    let more = high;
    let below = 0;
    let equal = 0;
    for (let i = low; i <= more;) {
      if (values[i] < pivot) {
        below += weights[i];
        swap(values, i, less);
        swap(weights, i++, less++);
      } else if (values[i] > pivot) {
        swap(values, i, more);
        swap(weights, i, more--);
      } else equal += weights[i++];
    }
    if (target <= below && less > low) high = less - 1;
    else if (target <= below + equal || more === high) return pivot;
    else {
      target -= below + equal;
      low = more + 1;
    }
  }
  return values[low];
}

function swap(values: Float64Array, i: number, j: number): void {
  const held = values[i];
  values[i] = values[j];
  values[j] = held;
}
