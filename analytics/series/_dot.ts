/** Σ first · second over the first `size` entries, in four sums side by side, as one would wait for each addition. */
export function dot(first: Float64Array, second: Float64Array, size: number): number {
  let a = 0, b = 0, c = 0, d = 0;
  const last = size - 3;
  let i = 0;
  for (; i < last; i += 4) {
    a += first[i] * second[i];
    b += first[i + 1] * second[i + 1];
    c += first[i + 2] * second[i + 2];
    d += first[i + 3] * second[i + 3];
  }
  for (; i < size; i++) a += first[i] * second[i];
  return a + b + c + d;
}
