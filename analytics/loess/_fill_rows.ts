import { fillMissing } from "./_between.ts";

/** Fills missing entries among the evaluated `positions` of a curve, as {@linkcode fillMissing} does. */
export function fillRows(curve: Float64Array, positions: Int32Array): void {
  const known = Float64Array.from(positions, (position) => curve[position]);
  fillMissing(known);
  positions.forEach((position, row) => curve[position] = known[row]);
}
