/** Σ first · second over the first `size` entries. */
export function dot(first: Float64Array, second: Float64Array, size: number = first.length): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += first[i] * second[i];
  return sum;
}
