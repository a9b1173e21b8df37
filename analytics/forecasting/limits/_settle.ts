import type { Bounds } from "./_bounds.ts";
import { type Lattice, roundToLattice } from "./_lattice.ts";
import { scaleUp } from "../../series/_unit.ts";

/**
 * How a path becomes one the series can have: within the walls as they are now, in the unit of the series, and on its
 * lattice. Keeps the order of values.
 */
export function createSettle(bounds: Bounds, unit: number, lattice: Lattice): (value: number) => number {
  const clamp = bounds.freeze();
  return (value) => roundToLattice(scaleUp(clamp(value), unit), lattice);
}
