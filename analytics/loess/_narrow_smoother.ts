import { interpolateBetween } from "./_between.ts";
import { fillRows } from "./_fill_rows.ts";
import { createLocalFits } from "./_local_fits.ts";
import { loessRows, type LoessShape } from "./_rows.ts";
import type { LoessSmoother } from "./_loess_smoother.ts";

/** A loess with a narrow window, or few evaluated positions: each local fit is summed up directly. */
export function createNarrowSmoother(shape: LoessShape): LoessSmoother {
  const rows = loessRows(shape);
  const { positions, first } = rows;
  const fits = createLocalFits(rows, shape);
  let weights: Float64Array | null = null;
  let observed: Uint8Array | null = null;

  function weigh(newWeights: Float64Array | null, newObserved: Uint8Array | null): void {
    weights = newWeights;
    observed = newObserved;
  }

  function smooth(values: Float64Array, curve: Float64Array): void {
    if (weights === null) smoothUnweighted(values, curve);
    else smoothWeighted(values, curve, weights);
    interpolateBetween(curve, positions);
  }

  function smoothUnweighted(values: Float64Array, curve: Float64Array): void {
    for (let row = 0; row < positions.length; row++) {
      const coefficients = fits.coefficients(row);
      let sum = 0;
      for (let k = 0, i = first[row]; k < coefficients.length; k++, i++) sum += coefficients[k] * values[i];
      curve[positions[row]] = sum;
    }
  }

  function smoothWeighted(values: Float64Array, curve: Float64Array, weights: Float64Array): void {
    let missing = false;
    for (let row = 0; row < positions.length; row++) {
      const position = positions[row];
      const fitted = fits.fit(row, values, weights, 0, 1);
      const keep = Number.isNaN(fitted) && (observed === null || observed[position] === 1);
      curve[position] = keep ? values[position] : fitted;
      missing ||= Number.isNaN(fitted) && !keep;
    }
    if (missing) fillRows(curve, positions);
  }

  return { weigh, smooth };
}
