import type { TimeRange } from "../zoom_range.ts";
import type { Track } from "./time_table.ts";

/** An axis that is shorter tells little. */
const LEAST_MS = 600_000;

/**
 * The range to show of a series that may be young: where more than half of it lies before the first sample, it begins
 * shortly before that, as a few minutes at the end of an empty chart can't be read.
 */
export function rangeSinceFirst({ fromMs, toMs }: TimeRange, { timesMs, values }: Track): TimeRange {
  const firstMs = timesMs[values.findIndex((value) => value !== null)];
  if (firstMs === undefined || firstMs < (fromMs + toMs) / 2) return { fromMs, toMs };
  const startMs = Math.min(firstMs - (toMs - firstMs) / 20, toMs - LEAST_MS);
  return { fromMs: Math.max(fromMs, startMs), toMs };
}
