/** What a number is a number of; `perSecond` for an analysed counter. */
export interface Unit {
  readonly base: string | null;
  readonly perSecond?: boolean;
}

/** The unit of a series: what the source says, else what the metric's name ends with. */
export function unitOf(
  series: { readonly name: string; readonly type: string; readonly unit: string | null },
): Unit {
  const [, suffix = null] =
    /_(bytes|seconds|ratio|celsius|percent|volts|amperes|joules|meters|grams)(?:_total|_sum)?$/
      .exec(series.name) ?? [];
  const base = series.unit?.replace(/(?:\/s| ?per second)$/, "") ?? suffix;
  return { base: base === "" ? null : base, perSecond: series.type === "counter" };
}

/**
 * The unit an expression yields, where it is plain to see: a selector, or a rate of one. Anything else could divide or
 * count, and no unit is better than a wrong one.
 */
export function unitOfExpression(expression: string): Unit {
  const match = /^\s*(?:(rate|irate)\s*\(\s*)?([a-zA-Z_:][\w:]*)\s*(?:\{[^{}]*\})?\s*(?:\[\w+\]\s*\))?\s*$/
    .exec(expression);
  if (match === null) return { base: null };
  return unitOf({ name: match[2], type: match[1] === undefined ? "gauge" : "counter", unit: null });
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

/** A number for people: four significant digits with its unit, bytes in powers of 1024, times in the unit that fits. */
export function formatQuantity(value: number | null | undefined, unit: Unit = { base: null }): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  return formatMagnitude(value, unit.base) + (unit.perSecond ? "/s" : "");
}

function formatMagnitude(value: number, base: string | null): string {
  switch (base) {
    case "bytes": {
      const power = powerOf(value, 1024, BINARY.length);
      return `${significant(value / 1024 ** power)} ${BINARY[power]}`;
    }
    case "seconds":
      return formatSeconds(value);
    case "ratio":
      return `${significant(value * 100)} %`;
    case "percent":
      return `${significant(value)} %`;
    case "celsius":
      return `${significant(value)} °C`;
    default: {
      const power = powerOf(value, 1000, DECIMAL.length);
      const number = significant(value / 1000 ** power) + DECIMAL[power];
      return base === null ? number : `${number} ${SHORT[base] ?? base}`;
    }
  }
}

function formatSeconds(value: number): string {
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

function significant(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e7) return value.toExponential(2);
  return String(Number(value.toPrecision(4)));
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
  return `${Number((share * 100).toFixed(digits))} %`;
}
