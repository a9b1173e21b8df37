import type { TimeRange } from "../../zoom_range.ts";
import type { Track } from "./time_table.ts";

/** An axis that is shorter tells little. */
const LEAST_MS = 120_000;

/**
 * The range to show of a series that may be young: where more than half of it lies before the first sample, it begins
 * shortly before that, as a few minutes at the end of an empty chart can't be read.
 */
export function rangeSinceFirst({ fromMs, toMs }: TimeRange, track: Track): TimeRange {
  const firstMs = firstSampleMs(track);
  if (firstMs === undefined || firstMs < (fromMs + toMs) / 2) return { fromMs, toMs };
  const startMs = Math.min(firstMs - (toMs - firstMs) / 20, toMs - LEAST_MS);
  return { fromMs: Math.max(fromMs, startMs), toMs };
}

/** When the first value is; `undefined` without any. */
export function firstSampleMs({ timesMs, values }: Track): number | undefined {
  return timesMs[values.findIndex((value) => value !== null)];
}
