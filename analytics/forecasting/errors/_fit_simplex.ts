/** Sweeps over all pairs; three weights are settled after a few. */
const SWEEPS_MAX = 100;

/**
 * Finds the weights, none negative and summing to 1, of the least `wᵀ A w − 2 bᵀ w`, by shifting weight between two
 * at a time.
 *
 * @param products The symmetric matrix A, row by row.
 * @param targets The vector b.
 * @param start Weights to begin with.
 */
export function fitSimplex(
  products: Float64Array,
  targets: Float64Array,
  start: readonly number[],
): Float64Array {
  const weights = Float64Array.from(start);
  const size = weights.length;
  const gradient = (i: number): number => {
    let sum = -targets[i];
    for (let j = 0; j < size; j++) sum += products[i * size + j] * weights[j];
    return sum;
  };
  for (let sweep = 0; sweep < SWEEPS_MAX; sweep++) {
    let moved = 0;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < i; j++) {
        const curvature = products[i * size + i] + products[j * size + j] - 2 * products[i * size + j];
        if (!(curvature > 0)) continue;
        const step = (gradient(j) - gradient(i)) / curvature;
        const shift = Math.max(-weights[i], Math.min(weights[j], step));
        // Rounding must not make a weight more than all.
        weights[i] = Math.min(1, weights[i] + shift);
        weights[j] -= shift;
        moved = Math.max(moved, Math.abs(shift));
      }
    }
    if (moved < 1e-9) break;
  }
  return weights;
}
