/**
 * Solves a small positive semidefinite system in place by Cholesky, the matrix given by its lower triangle;
 * directions without curvature get 0.
 *
 * @returns Whether there were none of those.
 */
export function solveSmall(matrix: Float64Array, size: number, right: Float64Array): boolean {
  const isDefinite = factorize(matrix, size);
  substitute(matrix, size, right);
  return isDefinite;
}

/**
 * Turns the lower triangle of a positive semidefinite matrix into its Cholesky factor, in place.
 *
 * @param least Share of its diagonal that a pivot must keep; others become 0.
 * @returns Whether all of them did.
 */
export function factorize(matrix: Float64Array, size: number, least: number = 1e-13): boolean {
  let isDefinite = true;
  for (let j = 0; j < size; j++) {
    let pivot = matrix[j * size + j];
    const original = pivot;
    for (let k = 0; k < j; k++) pivot -= matrix[j * size + k] ** 2;
    const root = pivot > least * original ? Math.sqrt(pivot) : 0;
    isDefinite &&= root > 0;
    matrix[j * size + j] = root;
    for (let i = j + 1; i < size; i++) {
      let value = matrix[i * size + j];
      for (let k = 0; k < j; k++) value -= matrix[i * size + k] * matrix[j * size + k];
      matrix[i * size + j] = root === 0 ? 0 : value / root;
    }
  }
  return isDefinite;
}

/** Applies the factor left by {@linkcode factorize} to another right side. */
export function substitute(factor: Float64Array, size: number, right: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let value = right[i];
    for (let k = 0; k < i; k++) value -= factor[i * size + k] * right[k];
    const root = factor[i * size + i];
    right[i] = root === 0 ? 0 : value / root;
  }
  for (let i = size - 1; i >= 0; i--) {
    let value = right[i];
    for (let k = i + 1; k < size; k++) value -= factor[k * size + i] * right[k];
    const root = factor[i * size + i];
    right[i] = root === 0 ? 0 : value / root;
  }
}
