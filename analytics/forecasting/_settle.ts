import type { Bounds } from "./_bounds.ts";
import { type Lattice, roundToLattice } from "./_lattice.ts";

/**
 * How a path becomes one the series can have: within the walls as they are now, in the unit of the series, and on its
 * lattice. Keeps the order of values.
 */
export function createSettle(bounds: Bounds, unit: number, lattice: Lattice): (value: number) => number {
  const clamp = bounds.freeze();
  return (value) => roundToLattice(scaleUp(clamp(value), unit), lattice);
}

/** A multiple of the unit as a value, which stays finite. */
export function scaleUp(multiple: number, unit: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, multiple * unit));
}
