import { fillMissing, interpolateBetween } from "./_between.ts";
import { createLocalFits } from "./_local_fits.ts";
import { loessRows, type LoessShape } from "./_rows.ts";

/** Smooths series of one length by loess. */
export interface LoessSmoother {
  /**
   * Smooths `values` into `curve`.
   *
   * Where every weight of a window is 0, the curve takes the value itself if its own place is observed, and runs
   * straight between its neighbours if it is not.
   *
   * @param weights Weights of the values, 0 or more, or `null` for none.
   * @param observed 1 where a value was observed, 0 at gaps (whose value must be finite), or `null` without gaps.
   */
  smooth(
    values: Float64Array,
    curve: Float64Array,
    weights: Float64Array | null,
    observed: Uint8Array | null,
  ): void;
}

/** Prepares a smoother; kernels are computed here, once. */
export function createLoessSmoother(shape: LoessShape): LoessSmoother {
  const rows = loessRows(shape);
  const fits = createLocalFits(rows, shape);

  function smooth(
    values: Float64Array,
    curve: Float64Array,
    weights: Float64Array | null,
    observed: Uint8Array | null,
  ): void {
    let missing = false;
    for (let row = 0; row < rows.positions.length; row++) {
      const position = rows.positions[row];
      if (weights === null) {
        const coefficients = fits.coefficients(row);
        const first = rows.first[row];
        let sum = 0;
        for (let k = 0; k < coefficients.length; k++) sum += coefficients[k] * values[first + k];
        curve[position] = sum;
        continue;
      }
      const fitted = fits.fit(row, values, weights, 0, 1);
      curve[position] = fitted;
      if (Number.isNaN(fitted)) {
        if (observed === null || observed[position] === 1) curve[position] = values[position];
        else missing = true;
      }
    }
    if (missing) fillRows(curve, rows.positions);
    interpolateBetween(curve, rows.positions);
  }

  return { smooth };
}

function fillRows(curve: Float64Array, positions: Int32Array): void {
  const atRows = Float64Array.from(positions, (position) => curve[position]);
  fillMissing(atRows);
  positions.forEach((position, row) => curve[position] = atRows[row]);
}
