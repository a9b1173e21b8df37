import { dot } from "../series/_dot.ts";
import { factorize } from "../series/_solve_small.ts";

/** Least-squares fits of a response on the first 1, 2, … K columns of one design, all from one decomposition. */
export interface NestedFits {
  /** The response's coordinate along what column j adds to the columns before it; 0 where it adds nothing. */
  readonly coordinates: Float64Array;
  /** `residualSquares[k]` is the residual sum of squares of the fit on the first k columns, k = 0 … K. */
  readonly residualSquares: Float64Array;
  /** `ranks[k]` is how many of the first k columns add something. */
  readonly ranks: Int32Array;
}

/**
 * Fits nested regressions from the products of all columns with each other, the response last.
 *
 * With the columns brought to unit length, the leading blocks of the Cholesky factor are the factors of every smaller
 * model, and its last row holds the coordinates of the response: one factorisation answers for all models (O(K³)
 * instead of O(K) regressions of O(n K²)). Products square the condition of the problem: where a pivot shows that
 * digits are gone, the columns themselves are orthogonalised instead, in O(n K²).
 *
 * @param products Sums of products of K + 1 columns with each other, lower triangle by rows.
 * @param columns Gives the K + 1 columns, response last; called only where conditioning demands it.
 */
export function fitNested(products: readonly Float64Array[], columns: () => Float64Array[]): NestedFits {
  const size = products.length;
  const lengths = products.map((row, i) => Math.sqrt(row[i]));
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) factor[i * size + j] = products[i][j] / (lengths[i] * lengths[j]);
    factor[i * size + i] = 1;
  }
  // Not definite either where a column of zeros has made the products NaN.
  if (!factorize(factor, size, SMALLEST_PIVOT)) return orthogonalise(columns());
  const scale = lengths[size - 1];
  return collect(Array.from(factor.subarray(-size), (value) => value * scale), () => true);
}

/** Gram–Schmidt, each column twice ("twice is enough", Giraud & Langou 2005), without those that add nothing. */
function orthogonalise(columns: Float64Array[]): NestedFits {
  const response = columns[columns.length - 1];
  const coordinates: number[] = [];
  const basis: (Float64Array | null)[] = [];
  columns.forEach((column, j) => {
    const original = Math.sqrt(dot(column, column));
    for (let pass = 0; pass < 2; pass++) {
      basis.forEach((direction, k) => {
        if (direction === null) return;
        const along = dot(column, direction);
        if (column === response) coordinates[k] = (coordinates[k] ?? 0) + along;
        for (let t = 0; t < column.length; t++) column[t] -= along * direction[t];
      });
    }
    const rest = Math.sqrt(dot(column, column));
    if (j === columns.length - 1) {
      coordinates[j] = rest > NEGLIGIBLE * original ? rest : 0;
    } else {
      const adds = rest > NEGLIGIBLE * original;
      basis.push(adds ? column.map((value) => value / rest) : null);
    }
  });
  return collect(Array.from(columns, (_, j) => coordinates[j] ?? 0), (j) => basis[j] !== null);
}

function collect(response: readonly number[], adds: (column: number) => boolean): NestedFits {
  const columns = response.length - 1;
  const residualSquares = new Float64Array(columns + 1);
  const ranks = new Int32Array(columns + 1);
  // From the largest model down all terms are positive; subtracting from the total would cancel.
  residualSquares[columns] = response[columns] ** 2;
  for (let k = columns - 1; k >= 0; k--) residualSquares[k] = residualSquares[k + 1] + response[k] ** 2;
  for (let k = 0; k < columns; k++) ranks[k + 1] = ranks[k] + (adds(k) ? 1 : 0);
  return { coordinates: Float64Array.from(response.slice(0, columns)), residualSquares, ranks };
}

/** Of the square of a unit column, what Cholesky must leave for enough digits to be left as well. */
const SMALLEST_PIVOT = 1e-4;
/** Of a column, what orthogonalising must leave for it to count as adding something. */
const NEGLIGIBLE = 1e-10;
