import { NO_UNIT, type Unit } from "./unit.ts";

/** How a quantity is written. */
export interface QuantityOptions {
  /** Significant digits at most; whole numbers below a million are written in full. @default 4 */
  readonly digits?: number;
  /** `short` for tables and axes: 1.2M; `long` for sentences: 1,200,000. @default "short" */
  readonly style?: "short" | "long";
}

/** How counted things are written beside a number. */
const SHORT: Readonly<Record<string, string>> = {
  requests: "req",
  messages: "msg",
  operations: "ops",
  errors: "err",
};

const BINARY = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
const DECIMAL = ["", "K", "M", "G", "T", "P"];

/**
 * A number for people: four significant digits with its unit, bytes in powers of 1024, times in the unit that fits. What
 * is no number is a dash.
 */
export function formatQuantity(
  value: number | null | undefined,
  unit: Unit = NO_UNIT,
  options: QuantityOptions = {},
): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  return formatMagnitude(value, unit.base, options) + (unit.perSecond ? "/s" : "");
}

/**
 * Two quantities for one sentence: with as many digits as it takes to tell them apart, so that what is above a bound
 * never reads as equal to it.
 */
export function formatApart(
  [value, other]: readonly [number, number],
  unit: Unit = NO_UNIT,
): readonly [string, string] {
  for (let digits = 4; digits < 17; digits++) {
    const options = { digits, style: "long" } as const;
    const [one, two] = [formatQuantity(value, unit, options), formatQuantity(other, unit, options)];
    if (one !== two || value === other) return [one, two];
  }
  return [String(value), String(other)];
}

function formatMagnitude(
  value: number,
  base: string | null,
  { digits = 4, style = "short" }: QuantityOptions,
): string {
  const significant = (scaled: number): string => formatDigits(scaled, digits);
  switch (base) {
    case "bytes": {
      const power = powerOf(value, 1024, BINARY.length);
      return `${significant(value / 1024 ** power)} ${BINARY[power]}`;
    }
    case "seconds":
      return formatSeconds(value, significant);
    case "ratio":
      return `${significant(value * 100)} %`;
    case "percent":
      return `${significant(value)} %`;
    case "celsius":
      return `${significant(value)} °C`;
    default: {
      const power = style === "long" ? 0 : powerOf(value, 1000, DECIMAL.length);
      const number = significant(value / 1000 ** power) + DECIMAL[power];
      return base === null ? number : `${number} ${SHORT[base] ?? base}`;
    }
  }
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
  if (probability === 1) return "100 %";
  if (probability > 0.99) return "> 99 %";
  if (probability < 0.01) return probability === 0 ? "≈ 0 %" : "< 1 %";
  return `${Math.round(probability * 100)} %`;
}

/** A share as a percentage with as many digits as an objective needs: 0.9994 is `99.94 %`. */
export function formatShare(share: number | null | undefined, digits = 2): string {
  if (share === null || share === undefined) return "–";
  return `${Number((share * 100).toFixed(digits))} %`.replace("-", "−");
}
