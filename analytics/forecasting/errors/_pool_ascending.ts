/**
 * The closest sequence that never falls: neighbours that do are replaced by their mean, again and again (the
 * pool-adjacent-violators algorithm). O(n).
 */
export function poolAscending(values: Float64Array): Float64Array {
  const sums: number[] = [];
  const lengths: number[] = [];
  for (const value of values) {
    let sum = value;
    let length = 1;
    while (sums.length > 0 && sums[sums.length - 1] * length > sum * lengths[lengths.length - 1]) {
      sum += sums.pop()!;
      length += lengths.pop()!;
    }
    sums.push(sum);
    lengths.push(length);
  }
  const pooled = new Float64Array(values.length);
  let k = 0;
  sums.forEach((sum, i) => {
    for (let j = 0; j < lengths[i]; j++) pooled[k++] = sum / lengths[i];
  });
  return pooled;
}
