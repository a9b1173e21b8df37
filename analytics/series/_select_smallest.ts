/** The value of rank `rank` (0 is the smallest) among the first `count`; moves smaller ones before it. O(count). */
export function selectSmallest(values: Float64Array, count: number, rank: number): number {
  let from = 0;
  let to = count - 1;
  while (from < to) {
    const pivot = values[(from + to) >> 1];
    let left = from;
    let right = to;
    while (left <= right) {
      while (values[left] < pivot) left++;
      while (values[right] > pivot) right--;
      if (left <= right) {
        const held = values[left];
        values[left++] = values[right];
        values[right--] = held;
      }
    }
    if (rank <= right) to = right;
    else if (rank >= left) from = left;
    else return values[rank];
  }
  return values[rank];
}
