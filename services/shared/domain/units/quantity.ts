import { NO_UNIT, type Unit } from "./unit.ts";

/** How a quantity is written. */
export interface QuantityOptions {
  /** Significant digits at most; whole numbers below a million are written in full. @default 4 */
  readonly digits?: number;
  /**
   * `short` for tables and axes: 1.2M; `full` for figures beside sentences: 1,200,000; `long` for sentences: the
   * same, and shares too small to read in words. @default "short"
   */
  readonly style?: "short" | "full" | "long";
  /** Writes a point in time; to the millisecond where that is asked for. @default in UTC */
  readonly time?: (timeMs: number, milliseconds: boolean) => string;
}

/** Digits that somebody reads; where values differ beyond them, their difference says more. */
export const DIGITS_READ = 8;

/** How counted things are written beside a number. */
export const SHORT_NAMES: Readonly<Record<string, string>> = {
  requests: "req",
  messages: "msg",
  operations: "ops",
  errors: "err",
};

const BINARY = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
const DECIMAL = ["", "K", "M", "G", "T", "P"];

/** A number of more digits is easier to read in full than as 1.795402001T. */
const LEGIBLE_DIGITS = 7;

/**
 * A number for people: four significant digits with its unit, bytes in powers of 1024, times in the unit that fits,
 * and in a sentence a share below 0.01 % as just that. What is no number is a dash.
 */
export function formatQuantity(
  value: number | null | undefined,
  unit: Unit = NO_UNIT,
  options: QuantityOptions = {},
): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const { base, perSecond } = unit;
  if (options.style === "long" && options.digits === undefined && isTinyShare(value, base)) {
    return "less than 0.01 %";
  }
  return formatMagnitude(value, base, options) + (perSecond ? "/s" : "");
}

/** A percentage of so many zeros says no more than that it is small. */
function isTinyShare(value: number | null | undefined, base: string | null): boolean {
  const share = (value ?? 0) / (base === "percent" ? 100 : 1);
  return (base === "ratio" || base === "percent") && share > 0 && share < 1e-4;
}

/**
 * A difference: of shares in percentage points, which a percentage would be mistaken for; of points in time a length.
 */
export function formatDifference(
  value: number | null | undefined,
  unit: Unit = NO_UNIT,
  options: QuantityOptions = {},
): string {
  const written = formatQuantity(value, unit, { digits: 4, ...options });
  return written.replace(/ %$/, options.style === "long" ? " percentage points" : " pp");
}

/** A double has no more digits. */
const ALL_DIGITS = 17;

/**
 * Quantities for one sentence or axis: with as many digits as it takes to tell those that differ apart, so that what
 * is above a bound never reads as equal to it. With a limit to the digits, what differs less reads as equal, in few.
 */
export function formatApart(
  values: readonly (number | null | undefined)[],
  unit: Unit = NO_UNIT,
  { style = "long", digits: digitsMax = ALL_DIGITS, time }: QuantityOptions = {},
): readonly string[] {
  const count = new Set(values).size;
  // Of several shares that are tiny it matters which is smaller.
  const isTold = values.filter((value) => isTinyShare(value, unit.base)).length < 2;
  let told: readonly string[] = [];
  for (let digits = 4; digits <= Math.min(digitsMax, ALL_DIGITS - 1); digits++) {
    const shown = digits === 4 && isTold ? undefined : digits;
    const texts = values.map((value) => formatQuantity(value, unit, { digits: shown, style, time }));
    // Digits that tell nothing more apart are none worth reading.
    if (new Set(texts).size > new Set(told).size) told = texts;
    if (new Set(told).size === count) return told;
  }
  return digitsMax < ALL_DIGITS ? told : values.map(String);
}

function formatMagnitude(
  value: number,
  base: string | null,
  { digits = 4, style = "short", time = formatUtc }: QuantityOptions,
): string {
  const significant = (scaled: number): string => formatDigits(scaled, digits);
  switch (base) {
    case "bytes": {
      const power = powerOf(value, 1024, BINARY.length);
      return `${significant(value / 1024 ** power)} ${BINARY[power]}`;
    }
    case "seconds":
      return formatSeconds(value, significant);
    case "epoch seconds":
      return isTime(value * 1e3) ? time(value * 1e3, digits > 6) : formatSeconds(value, significant);
    case "epoch milliseconds":
      return isTime(value) ? time(value, digits > 6) : formatSeconds(value / 1e3, significant);
    case "ratio":
      return `${significant(value * 100)} %`;
    case "percent":
      return `${significant(value)} %`;
    case "celsius":
      return `${significant(value)} °C`;
    default: {
      const power = style !== "short" || digits > LEGIBLE_DIGITS ? 0 : powerOf(value, 1000, DECIMAL.length);
      const number = significant(value / 1000 ** power) + DECIMAL[power];
      return base === null ? number : `${number} ${SHORT_NAMES[base] ?? base}`;
    }
  }
}

/** What is counted from 1970 lies in our days; a mean error or a zero of the same series is a length of time. */
function isTime(timeMs: number): boolean {
  return timeMs > Date.UTC(2000) && timeMs < Date.UTC(2100);
}

/** A point in time for people anywhere: `2026-11-23 06:23:30 UTC`. */
export function formatUtc(timeMs: number, milliseconds = false): string {
  return `${new Date(timeMs).toISOString().replace("T", " ").slice(0, milliseconds ? 23 : 19)} UTC`;
}

function formatSeconds(value: number, significant: (scaled: number) => string): string {
  const size = Math.abs(value);
  if (size === 0) return "0 s";
  if (size < 1e-3) return `${significant(value * 1e6)} µs`;
  if (size < 1) return `${significant(value * 1e3)} ms`;
  if (size < 120) return `${significant(value)} s`;
  if (size < 7_200) return `${significant(value / 60)} min`;
  if (size < 172_800) return `${significant(value / 3_600)} h`;
  return `${significant(value / 86_400)} d`;
}

function powerOf(value: number, step: number, count: number): number {
  const size = Math.abs(value);
  if (size < step) return 0;
  return Math.min(count - 1, Math.floor(Math.log(size) / Math.log(step) + 1e-12));
}

function formatDigits(value: number, digits: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e15) return value.toExponential(Math.max(2, digits - 2));
  const exact = Number.isInteger(value) && size < 1e6;
  return (exact ? value : Number(value.toPrecision(digits))).toLocaleString("en-US", {
    maximumFractionDigits: 20,
  });
}

/** A probability in words that never claim certainty: `< 1 %`, `37 %`, `> 99 %`. */
export function formatProbability(probability: number | null | undefined): string {
  if (probability === null || probability === undefined) return "–";
  if (probability > 0.99) return probability === 1 ? "≈ 100 %" : "> 99 %";
  if (probability < 0.01) return probability === 0 ? "≈ 0 %" : "< 1 %";
  return `${Math.round(probability * 100)} %`;
}

/**
 * A share as a percentage: with two significant digits of what it is away from 0 or 100 %, whichever is nearer, so
 * that 99.95 and 99.99 % are told apart and 54.213 is 54 %. What is not all never reads as 100 %, nor what is some as
 * 0 %.
 *
 * @param decimalsMax Most digits after the point; see {@linkcode shareDecimals}.
 */
export function formatShare(share: number | null | undefined, decimalsMax = 2): string {
  if (share === null || share === undefined) return "–";
  const nearest = Math.min(Math.abs(share), Math.abs(1 - share)) * 100;
  // A rounding error is no distance.
  const needed = nearest < 1e-9 ? 0 : 1 - Math.floor(Math.log10(nearest) + 1e-9);
  const decimals = Math.max(0, Math.min(decimalsMax, needed));
  const percent = Number((share * 100).toFixed(decimals));
  const least = 10 ** -decimals;
  if (nearest >= 1e-9) {
    if (percent === 100 && share < 1) return `> ${Number((100 - least).toFixed(decimals))} %`;
    if (percent === 0 && share > 0) return `< ${Number(least.toFixed(decimals))} %`;
  }
  return `${percent} %`.replace("-", "−");
}

/** Digits after the point of a percentage that so many judged values can tell: of 100 values none, of 2,880 two. */
export function shareDecimals(count: number): number {
  return Math.max(0, Math.min(3, Math.ceil(Math.log10(Math.max(1, count))) - 2));
}
