import { powerOfTwoBelow } from "./_centre.ts";
import { largestMagnitude } from "./_largest_magnitude.ts";

/** None is so small that everyday values are beyond counting in it, and none is beyond doubles. */
export const UNIT_MIN = 2 ** -960;
export const UNIT_MAX = 2 ** 1023;
/** An error of so little of the unit is rounding. */
export const ROUNDING = 1e-13;

/** The power of two at or below the largest size of the values, within what units can be; 1 where all are 0. */
export function unitOf(values: Float64Array): number {
  return Math.max(UNIT_MIN, 1 / powerOfTwoBelow(largestMagnitude(values)));
}

/** A multiple of the unit as a value, which stays finite. */
export function scaleUp(multiple: number, unit: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, multiple * unit));
}
