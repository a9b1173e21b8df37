import { readEnds, type RequestedRange, wrongRange } from "../../shared/domain/requested_range.ts";
import type { SampleRange } from "./read_samples.ts";

const DEFAULT_WINDOW_MS = 3_600_000;

/**
 * Decides which range a request means; nothing is the last hour.
 *
 * @throws {DomainError} `invalid` if it gives a window and times, one time without the other, or an empty range.
 */
export function readRange(range: RequestedRange): SampleRange {
  const { window: windowMs = DEFAULT_WINDOW_MS } = range;
  const ends = readEnds(range);
  if (ends !== null) return ends;
  if (!(windowMs > 0)) throw wrongRange("window", "must be above 0");
  return { windowMs };
}
