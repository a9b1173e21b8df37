import type { Unit } from "../../../shared/domain/units/unit.ts";

const UNITS = ["kB", "MB", "GB", "TB", "PB"];

/** A number of more digits is none that somebody typed in powers of 1000. */
const DIGITS_TYPED = 3;

/**
 * Bytes in powers of 1000, where they are a round number there: `1.8 GB`, which in powers of 1024 nobody would know
 * again. `undefined` of others.
 */
export function formatDecimal(
  value: number | null | undefined,
  { base, perSecond }: Unit,
): string | undefined {
  if (base !== "bytes" || value === null || value === undefined || Math.abs(value) < 1_000) return undefined;
  const power = Math.min(UNITS.length, Math.floor(Math.log10(Math.abs(value)) / 3 + 1e-12));
  const scaled = value / 1_000 ** power;
  if (Number(scaled.toPrecision(DIGITS_TYPED)) !== scaled) return undefined;
  return `${scaled} ${UNITS[power - 1]}${perSecond === true ? "/s" : ""}`;
}
