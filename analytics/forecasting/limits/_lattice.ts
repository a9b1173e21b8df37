import { requireCount, requireRecord, requireWithin } from "../components/_json.ts";

/** The evenly spaced values a series keeps to, such as whole numbers, tenths, or a count per 30 seconds. */
export interface Lattice {
  /** One of them, in units of `1 / scale`. */
  readonly origin: number;
  /** Distance from one to the next, in units of `1 / scale`; 0 where the series keeps to none. */
  readonly step: number;
  /** A whole number: dividing another by it gives the very double that the decimal or fraction is read as. */
  readonly scale: number;
}

/** Finest lattice that is looked for: six decimals. */
const DECIMALS_MAX = 6;
/** Finest fractions that are looked for: counts over an hour, as a rate per second. */
const DENOMINATOR_MAX = 3_600;
/** Beyond this, doubles next to each other are too far apart to tell a lattice. */
const MULTIPLE_MAX = 2 ** 40;

/**
 * Finds the lattice a series lies on: counts are whole, gauges are often rounded to a few decimals, and the rate of
 * what is counted is a whole number over the time between samples.
 *
 * A continuous model would see a value go beyond a bound by a hair that the series itself can never take.
 */
export function findLattice(values: ArrayLike<number>): Lattice {
  for (let decimals = 0; decimals <= DECIMALS_MAX; decimals++) {
    const found = latticeOf(values, 10 ** decimals);
    if (found !== undefined) return found;
  }
  const denominator = commonDenominator(values);
  return denominator === undefined ? NO_LATTICE : latticeOf(values, denominator) ?? NO_LATTICE;
}

const NO_LATTICE: Lattice = { origin: 0, step: 0, scale: 1 };

/** The lattice of values that are whole in units of `1 / scale`; `undefined` where one is not. */
function latticeOf(values: ArrayLike<number>, scale: number): Lattice | undefined {
  let divisor = 0;
  let first = NaN;
  for (let t = 0; t < values.length; t++) {
    const value = values[t];
    if (value !== value) continue;
    if (!isWhole(value * scale)) return undefined;
    const multiple = Math.round(value * scale);
    if (first !== first) first = multiple;
    else divisor = greatestCommonDivisor(divisor, Math.abs(multiple - first));
  }
  return divisor > 0 ? { origin: first, step: divisor, scale } : NO_LATTICE;
}

/** Decimals and fractions are not exact in binary: a few units in the last place are let pass. */
function isWhole(value: number): boolean {
  const whole = Math.round(value);
  return Math.abs(whole) < MULTIPLE_MAX && Math.abs(value - whole) <= 4e-16 * Math.abs(whole);
}

/** The least number that makes all values whole, `undefined` where none up to an hour's seconds does. */
function commonDenominator(values: ArrayLike<number>): number | undefined {
  let denominator = 1;
  for (let t = 0; t < values.length; t++) {
    const scaled = values[t] * denominator;
    if (scaled !== scaled || isWhole(scaled)) continue;
    denominator *= denominatorOf(scaled, DENOMINATOR_MAX / denominator);
    if (!(denominator <= DENOMINATOR_MAX)) return undefined;
  }
  return denominator;
}

/** The denominator of a fraction, by its continued fraction; infinite where it is beyond `most`. */
function denominatorOf(value: number, most: number): number {
  let [before, denominator] = [0, 1];
  let rest = value - Math.floor(value);
  // Denominators grow at least as the Fibonacci numbers: beyond 3,600 after 18 rounds.
  while (!isWhole(value * denominator)) {
    rest = 1 / rest;
    const part = Math.floor(rest);
    rest -= part;
    [before, denominator] = [denominator, part * denominator + before];
    if (!(denominator <= most)) return Infinity;
  }
  return denominator;
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
