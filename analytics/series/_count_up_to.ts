/** How many of the sorted values are below one, or equal to it as well. */
export function countUpTo(sorted: Float64Array, value: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value || orEqual && sorted[middle] === value) low = middle + 1;
    else high = middle;
  }
  return low;
}
