import { DomainError } from "../../shared/domain/errors.ts";
import type { SampleRange } from "./read_samples.ts";

/** What was asked for: a window up to now, or from and to; nothing is the last hour. */
export interface RangeQuery {
  readonly window?: number;
  readonly fromMs?: number;
  readonly toMs?: number;
}

const DEFAULT_WINDOW_MS = 3_600_000;

/**
 * Decides which range a query means.
 *
 * @throws {DomainError} `invalid` if it gives a window and times, one time without the other, or an empty range.
 */
export function readRange({ window, fromMs, toMs }: RangeQuery): SampleRange {
  const refuse = (field: string, message: string): never => {
    throw new DomainError("invalid", `Cannot read a range as "${field}" ${message}`, {
      fields: [{ field, message }],
    });
  };
  if (fromMs === undefined && toMs === undefined) {
    const windowMs = window ?? DEFAULT_WINDOW_MS;
    return windowMs > 0 ? { windowMs } : refuse("window", "must be above 0");
  }
  if (window !== undefined) return refuse("window", "must not be given together with fromMs and toMs");
  if (fromMs === undefined) return refuse("fromMs", "must be given together with toMs");
  if (toMs === undefined) return refuse("toMs", "must be given together with fromMs");
  if (fromMs >= toMs) return refuse("fromMs", "must be before toMs");
  return { fromMs, toMs };
}
