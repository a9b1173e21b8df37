import type { Unit } from "../../../../shared/domain/units/unit.ts";

/** Seconds, minutes, hours and days that people count in. */
const STEPS_OF_TIME: readonly number[] = [1, 2, 5, 15, 30].flatMap((count) => [count, 60 * count])
  .concat([1, 2, 3, 6, 12, 24, 48, 7 * 24, 14 * 24, 30 * 24, 90 * 24, 365 * 24].map((hours) => 3_600 * hours))
  .sort((a, b) => a - b);

const DECIMALS: readonly number[] = exponents(-15, 18).flatMap((exponent) =>
  [1, 2, 2.5, 5].map((digit) => Number(`${digit}e${exponent}`))
);

/** From one tick of an axis to the next, smallest first: what comes out even in the unit. */
export function incrementsOf({ base }: Unit): number[] {
  switch (base) {
    case "bytes":
      return exponents(0, 60).map((exponent) => 2 ** exponent);
    case "seconds":
    case "epoch seconds":
      return [...DECIMALS.filter((step) => step < 1), ...STEPS_OF_TIME];
    case "epoch milliseconds":
      return [...DECIMALS.filter((step) => step < 1e3), ...STEPS_OF_TIME.map((step) => step * 1e3)];
    default:
      return [...DECIMALS];
  }
}

function exponents(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, k) => from + k);
}
