import { requireCount, requireRecord, requireWithin } from "../components/_json.ts";

/** The evenly spaced values a series keeps to, such as whole numbers or tenths. */
export interface Lattice {
  /** One of them, in units of `1 / scale`. */
  readonly origin: number;
  /** Distance from one to the next, in units of `1 / scale`; 0 where the series keeps to none. */
  readonly step: number;
  /** A power of ten: dividing a whole number by it gives the very double that the decimal is read as. */
  readonly scale: number;
}

/** Finest lattice that is looked for: six decimals. */
const DECIMALS_MAX = 6;
/** Beyond this, doubles next to each other are too far apart to tell a lattice. */
const MULTIPLE_MAX = 2 ** 40;

/**
 * Finds the lattice a series lies on: counts are whole, gauges are often rounded to a few decimals.
 *
 * A continuous model would see a value go beyond a bound by a hair that the series itself can never take.
 */
export function findLattice(values: ArrayLike<number>): Lattice {
  const none = { origin: 0, step: 0, scale: 1 };
  for (let decimals = 0; decimals <= DECIMALS_MAX; decimals++) {
    const scale = 10 ** decimals;
    let divisor = 0;
    let first = NaN;
    let fits = true;
    for (let t = 0; t < values.length && fits; t++) {
      const value = values[t];
      if (value !== value) continue;
      const multiple = Math.round(value * scale);
      // Decimals are not exact in binary: a few units in the last place are let pass.
      fits = Math.abs(multiple) < MULTIPLE_MAX &&
        Math.abs(value * scale - multiple) <= 4e-16 * Math.abs(multiple);
      if (first !== first) first = multiple;
      else divisor = greatestCommonDivisor(divisor, Math.abs(multiple - first));
    }
    if (fits) return divisor > 0 ? { origin: first, step: divisor, scale } : none;
  }
  return none;
}

/** The value of the lattice nearest to `value`. */
export function roundToLattice(value: number, { origin, step, scale }: Lattice): number {
  return step > 0 ? (origin + Math.round((value * scale - origin) / step) * step) / scale : value;
}

/** Restores a lattice. */
export function readLattice(value: unknown): Lattice {
  const json = requireRecord(value, "lattice");
  const origin = requireWithin(json.origin, "lattice.origin", -MULTIPLE_MAX, MULTIPLE_MAX);
  const step = requireCount(json.step, "lattice.step", 0, 2 * MULTIPLE_MAX);
  const scale = requireCount(json.scale, "lattice.scale", 1, 10 ** DECIMALS_MAX);
  return { origin, step, scale };
}

function greatestCommonDivisor(a: number, b: number): number {
  // Euclid halves the larger number every two rounds, so 2⁴¹ needs fewer than 100.
  while (b > 0) [a, b] = [b, a % b];
  return a;
}
