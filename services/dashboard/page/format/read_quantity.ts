import { SHORT_NAMES } from "../../../shared/domain/units/quantity.ts";
import type { Unit } from "../../../shared/domain/units/unit.ts";
import { nameOf } from "./unit_examples.ts";
import { formatExactly, formatQuantity } from "./quantity.ts";

/** A number as people type it, with a point or a comma, and what stands behind it. */
const TYPED = /^([+\-−]?(?:\d[\d.,]*|[.,]\d+)(?:e[+-]?\d+)?)\s*(\D*)$/i;

/** Thousands set apart as the page writes them: `1,200`. */
const GROUPED = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;

/** Of a number in other units more digits are no help. */
const LEGIBLE_LENGTH = 12;

const SECONDS: Readonly<Record<string, number>> = {
  "µs": 1e-6,
  "us": 1e-6,
  "ms": 1e-3,
  "s": 1,
  "m": 60,
  "min": 60,
  "h": 3_600,
  "d": 86_400,
};

/** `Ki` and its like are powers of 1024; of bytes and of counts alike, `k` and `M` are of 1000. */
const PREFIX = /^(?:([kmgtp])(i?))?(b|bytes)?$/i;

/**
 * Reads a number with what a unit lets stand behind it: `90 %` of a share, `2 GiB` of bytes, `500 ms` of seconds,
 * `1.5k req/s` of requests per second. Where the unit is not known, that which is typed is believed. `undefined` for
 * what is no number of that unit.
 */
export function readQuantity(text: string, unit: Unit): number | undefined {
  const [, digits, behind] = TYPED.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  const number = readDigits(digits);
  const factor = readFactor(behind.trim(), unit);
  if (factor === undefined || !Number.isFinite(number)) return undefined;
  // 99.9 % is not 0.999 to the last bit by itself.
  return factor === 1 ? number : Number((number * factor).toPrecision(15));
}

/** How a number was read, where that is not plain to see: with its unit, or without one if it was typed with it. */
export function describeReading(text: string, unit: Unit): string | undefined {
  const value = readQuantity(text, unit);
  if (value === undefined) return undefined;
  const plain = value.toLocaleString("en-US", { maximumFractionDigits: 20 });
  const typed = text.trim();
  const { base, perSecond } = unit;
  if (Number(typed) === value) {
    if (base === null) return undefined;
    const exact = formatExactly(value, unit);
    return exact.length > LEGIBLE_LENGTH ? `≈ ${formatQuantity(value, unit)}` : `= ${exact}`;
  }
  if (base === "bytes" && value >= 1_000 && !/i/i.test(unitBehind(text) ?? "")) {
    return `= ${formatQuantity(value, unit)} (${plain} ${nameOf(unit)})`;
  }
  const named = base === null || base === "ratio" ? "" : ` ${base}`;
  return `= ${plain}${named}${perSecond ? " per second" : ""}`;
}

/** What stands behind a number that is typed; `undefined` where that is nothing, or it is behind no number. */
export function unitBehind(text: string): string | undefined {
  const [, digits, behind] = TYPED.exec(text.trim()) ?? [];
  return digits === undefined || Number.isNaN(readDigits(digits)) ? undefined : behind.trim() || undefined;
}

function readDigits(digits: string): number {
  const text = digits.replace("−", "-");
  return Number(GROUPED.test(text) ? text.replaceAll(",", "") : text.replace(",", "."));
}

/** What a number is multiplied by for what stands behind it. */
function readFactor(behind: string, { base, perSecond }: Unit): number | undefined {
  if (behind === "") return 1;
  const isRate = perSecond === true || base === null;
  const name = isRate ? behind.replace(/\s*\/\s*s$/, "").trimEnd() : behind;
  if (base === "ratio" || base === "percent" || (base === null && name === "%")) {
    return name === "%" ? (base === "percent" ? 1 : 0.01) : undefined;
  }
  if (base === "celsius") return /^°?\s*C$/i.test(name) ? 1 : undefined;
  if (base === "seconds") return SECONDS[name];
  if (base?.startsWith("epoch")) return undefined;
  const counted = base === null || base === "bytes"
    ? name
    : name.replace(new RegExp(`(?:${base}|${SHORT_NAMES[base] ?? base})$`), "").trimEnd();
  const [prefixed, letter = "", binary = "", bytes] = PREFIX.exec(counted) ?? [];
  // A small m is a thousandth or a minute, and never a million.
  if (prefixed === undefined || letter === "m") return base === null ? SECONDS[name] : undefined;
  if ((bytes !== undefined || binary !== "") && base !== null && base !== "bytes") return undefined;
  return (binary === "" ? 1000 : 1024) ** ("kmgtp".indexOf(letter.toLowerCase()) + (letter === "" ? 0 : 1));
}
