import * as domain from "../../../shared/domain/units/quantity.ts";
import { NO_UNIT, type Unit } from "../../../shared/domain/units/unit.ts";
import { formatTime } from "./time.ts";

/** Digits beyond these are a rounding error's. */
const DIGITS_MAX = 12;

/** A number with its unit; a point in time in the viewer's zone. `full` beside bounds, see {@linkcode formatTogether}. */
export function formatQuantity(
  value: number | null | undefined,
  unit: Unit = NO_UNIT,
  style: "short" | "full" = "short",
): string {
  return domain.formatQuantity(value, unit, { style, time: formatMoment });
}

/** A number with its unit, and all the digits that somebody typed. */
export function formatExactly(value: number, unit: Unit = NO_UNIT): string {
  return domain.formatQuantity(value, unit, { digits: DIGITS_MAX, time: formatMoment });
}

/** A difference or spread: of shares in percentage points; `long` in sentences. */
export function formatSpread(
  value: number | null | undefined,
  unit: Unit = NO_UNIT,
  style: "short" | "long" = "short",
): string {
  const written = domain.formatDifference(value, unit);
  return style === "long" ? written.replace(/ pp$/, " percentage points") : written;
}

/**
 * Numbers that are read side by side: with the digits it takes to tell them apart, as far as anybody reads them;
 * `full` beside a sentence of a service that tells the same, which says 1,000 for 1K.
 */
export function formatTogether(
  values: readonly (number | null | undefined)[],
  unit: Unit = NO_UNIT,
  style: "short" | "full" = "short",
): readonly string[] {
  return domain.formatApart(values, unit, { style, digits: domain.DIGITS_READ, time: formatMoment });
}

/** The ticks of an axis, each of which must differ from the next. */
export function formatTicks(ticks: readonly number[], unit: Unit): string[] {
  return [...domain.formatApart(ticks, unit, { style: "short", digits: DIGITS_MAX, time: formatMoment })];
}

/** What is expected and the interval it lies in; without the interval where there is none to speak of. */
export function formatInterval(
  { value, lower, upper }: { readonly value: number; readonly lower: number; readonly upper: number },
  unit: Unit = NO_UNIT,
): string {
  const [middle, low, high] = formatTogether([value, lower, upper], unit);
  return low === high ? middle : `${middle} (${low} … ${high})`;
}

/**
 * Writes the values of a chart: with the digits it takes to tell a thousandth of what it spans. `full` what a sentence
 * beside it tells as well.
 */
export function formatWithin(
  [low, high]: readonly [low: number, high: number],
  unit: Unit = NO_UNIT,
  style: "short" | "full" = "short",
): (value: number | null | undefined) => string {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const needed = Math.ceil(Math.log10(largest / (high - low))) + 3;
  const digits = Number.isFinite(needed) ? Math.min(DIGITS_MAX, Math.max(4, needed)) : 4;
  // A second is fine enough for points in time.
  const options = unit.base?.startsWith("epoch") ? { time: formatMoment } : { digits, style };
  return (value) => domain.formatQuantity(value, unit, options);
}

/** Of another day the seconds matter only where the milliseconds do. */
function formatMoment(timeMs: number, milliseconds: boolean): string {
  const text = formatTime(timeMs);
  if (milliseconds) return `${text}.${String(Math.floor(timeMs % 1_000)).padStart(3, "0")}`;
  return text.replace(/ (\d\d:\d\d):\d\d$/, " $1");
}
