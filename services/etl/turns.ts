import type { EtlSettings } from "./settings.ts";

/** What is remembered of a series between cycles. */
export interface SeriesMemory {
  /** When its metadata was published last; `undefined` before the first time. */
  metadataAtMs: number | undefined;
  /** When its forecaster was chosen in full last. */
  chosenAtMs: number | undefined;
  /** How much of the past that choice had seen. */
  chosenSpanMs: number;
  /** End of the newest window published. */
  publishedToMs: number;
  /** Step of that window. */
  stepMs: number;
}

/** Fewer series than this take their turn at once: they cost a second or two. */
const TURNS_MIN = 40;

/**
 * Whose turn it is to have metadata computed and a forecaster chosen in full.
 *
 * Everyone has a turn once per metadata interval, spread over its cycles: those that never had one first, then those
 * that are longest over their time. A young series has its next one as soon as twice as much of it is known, so that it
 * does not keep for a quarter of an hour what was chosen from its first minutes: a few turns more in all, as each waits
 * twice as long as the one before.
 */
export function takeTurns(
  memories: ReadonlyMap<string, SeriesMemory>,
  nowMs: number,
  settings: Pick<EtlSettings, "intervalMs" | "metadataIntervalMs">,
): ReadonlySet<string> {
  const share = Math.min(1, settings.intervalMs / settings.metadataIntervalMs);
  const turns = Math.max(TURNS_MIN, Math.ceil(memories.size * share));
  const due = [...memories]
    .map(([id, memory]) => ({ id, waited: waitedOf(memory, nowMs, settings) }))
    .filter(({ waited }) => waited >= 1)
    .sort((a, b) => b.waited - a.waited);
  return new Set(due.slice(0, turns).map(({ id }) => id));
}

/** How long a series has waited, as a multiple of its time. */
function waitedOf(
  { chosenAtMs = -Infinity, chosenSpanMs }: SeriesMemory,
  nowMs: number,
  { intervalMs, metadataIntervalMs }: Pick<EtlSettings, "intervalMs" | "metadataIntervalMs">,
): number {
  const timeMs = Math.min(metadataIntervalMs, Math.max(intervalMs, chosenSpanMs));
  // Half an interval early counts as due, else a turn would slip by one cycle each time.
  return (nowMs - chosenAtMs + intervalMs / 2) / timeMs;
}
