import type { SeriesForecast, Statistics } from "../api/retrieval.ts";

/** Steps without a sample that are no silence yet: one may be late, and one may be missed. */
const MISSED_STEPS = 4;

/** Nor is a shorter time. */
const LEAST_MS = 60_000;

/**
 * When the last sample came, of a series that had none since; `undefined` of one that goes on, or of which that is
 * not known. Its forecast begins at its last sample, and the windows of its statistics end where the etl looked last;
 * as the two may be of different cycles, both the time of the forecast and these windows are to lie well after it.
 */
export function silentSinceMs(
  forecast: Pick<SeriesForecast, "originMs" | "stepMs" | "producedAtMs"> | undefined,
  statistics: readonly Pick<Statistics, "toMs">[] | undefined,
): number | undefined {
  const [window] = statistics ?? [];
  if (forecast?.producedAtMs === undefined || window === undefined) return undefined;
  const { originMs, stepMs, producedAtMs } = forecast;
  const silentMs = Math.min(producedAtMs, window.toMs) - originMs;
  return silentMs > Math.max(LEAST_MS, MISSED_STEPS * stepMs) ? originMs : undefined;
}
