import { refuse, requireInteger } from "../../_require.ts";
import type { ComponentJson } from "./_component.ts";

/** What the checks say cannot be done; other readers put their own words in its place. */
export const ACTION = "read a forecaster";

/** Largest size of a value in units of the series, and of what is made of such values: sums, slopes, errors. */
export const SIZE_MAX = 1e100;
export const STATE_MAX = 1e120;

/** Requires what can have one value only, such as a version. */
export function requireSame(value: unknown, name: string, wanted: unknown): void {
  if (value !== wanted) refuse(value, name, JSON.stringify(wanted), ACTION);
}

/** Requires a plain object. */
export function requireRecord(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    refuse(value, name, "an object", ACTION, TypeError);
  }
  return value as Record<string, unknown>;
}

/** Requires the state of a component. */
export function requireComponentJson(value: unknown, name: string): ComponentJson {
  const record = requireRecord(value, name);
  return { ...record, kind: requireText(record.kind, `${name}.kind`) };
}

/** Requires a finite number. */
export function requireNumber(value: unknown, name: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    refuse(value, name, "a finite number", ACTION, TypeError);
  }
  return value;
}

/** Requires a number in units of the series, small enough that what is made of it stays a number. */
export function requireSize(value: unknown, name: string): number {
  return requireWithin(value, name, -STATE_MAX, STATE_MAX);
}

/** Requires such a number, or `null`, which stands for a missing value. */
export function requireSizeOrNull(value: unknown, name: string): number {
  return value === null ? NaN : requireSize(value, name);
}

/** Requires such a number that is not negative: a deviation, a count of things seen. */
export function requireAmount(value: unknown, name: string): number {
  return requireWithin(value, name, 0, STATE_MAX);
}

/** Requires a number between 0 and 1, both included. */
export function requireShare(value: unknown, name: string): number {
  return requireWithin(value, name, 0, 1);
}

/** Requires an object that has such a number under each of these names. */
export function requireShares<Share extends string>(
  value: unknown,
  name: string,
  shares: readonly Share[],
): Record<Share, number> {
  const json = requireRecord(value, name);
  const entries = shares.map((share) => [share, requireShare(json[share], `${name}.${share}`)]);
  return Object.fromEntries(entries);
}

/** Requires a finite number within bounds, both included. */
export function requireWithin(value: unknown, name: string, minimum: number, maximum: number): number {
  const number = requireNumber(value, name);
  if (number >= minimum && number <= maximum) return number;
  refuse(value, name, `between ${minimum} and ${maximum}`, ACTION);
}

/** Requires an integer within bounds. */
export function requireCount(value: unknown, name: string, minimum: number, maximum?: number): number {
  const count = requireNumber(value, name);
  requireInteger(count, name, { minimum, maximum }, ACTION);
  return count;
}

/** Requires so many entries. */
export function requireLength(
  { length }: { readonly length: number },
  name: string,
  minimum: number,
  maximum: number = minimum,
): void {
  requireCount(length, `${name}.length`, minimum, maximum);
}

/** Requires a string. */
export function requireText(value: unknown, name: string): string {
  if (typeof value !== "string") refuse(value, name, "a string", ACTION, TypeError);
  return value;
}

/** Requires an array; a place without an entry counts as `undefined`. */
export function requireArray(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) refuse(value, name, "an array", ACTION, TypeError);
  return Array.from(value);
}

/** Requires an array of numbers that each pass the same check. */
export function requireNumbers(
  value: unknown,
  name: string,
  requireEntry: (entry: unknown, name: string) => number = requireSize,
): Float64Array {
  return Float64Array.from(requireArray(value, name), (entry, i) => requireEntry(entry, `${name}[${i}]`));
}

/** Numbers as JSON writes them, a missing one as `null`. */
export function numbersToJson(values: ArrayLike<number>): (number | null)[] {
  return Array.from(values, (value) => value === value ? value : null);
}
