import { DomainError } from "./errors.ts";

/** A range as a request gives it: a trailing window, ms, or both ends; nothing leaves it to who answers. */
export interface RequestedRange {
  readonly window?: number;
  readonly fromMs?: number;
  readonly toMs?: number;
}

/**
 * Reads the ends of a range, `null` where none are given.
 *
 * @throws {DomainError} `invalid`, naming the field, if one comes without the other or with a window, or they are not
 * in order.
 */
export function readEnds(
  { window, fromMs, toMs }: RequestedRange,
): { readonly fromMs: number; readonly toMs: number } | null {
  if (fromMs === undefined && toMs === undefined) return null;
  if (window !== undefined) throw wrongRange("window", "must not be given together with fromMs and toMs");
  if (fromMs === undefined) throw wrongRange("fromMs", "must be given together with toMs");
  if (toMs === undefined) throw wrongRange("toMs", "must be given together with fromMs");
  requireOrder({ fromMs, toMs });
  return { fromMs, toMs };
}

/**
 * Requires a range to have a start before its end; either may be open.
 *
 * @throws {DomainError} `invalid`, naming the field.
 */
export function requireOrder({ fromMs, toMs }: Omit<RequestedRange, "window">): void {
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs) {
    throw wrongRange("fromMs", `must be before toMs, ${toMs}: found ${fromMs}`);
  }
}

/** What a range that is none is answered with. */
export function wrongRange(field: keyof RequestedRange, message: string): DomainError {
  return new DomainError("invalid", `Cannot read a range as "${field}" ${message}`, {
    fields: [{ field, message }],
  });
}
