import type { EtlSettings } from "./settings.ts";

/** What is remembered of a series between cycles. */
export interface SeriesMemory {
  /** When its metadata was published last; `undefined` before the first time. */
  metadataAtMs: number | undefined;
  /** When its forecaster was chosen in full last. */
  chosenAtMs: number | undefined;
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
 * whose last is longest ago.
 */
export function takeTurns(
  memories: ReadonlyMap<string, SeriesMemory>,
  nowMs: number,
  settings: Pick<EtlSettings, "intervalMs" | "metadataIntervalMs">,
): ReadonlySet<string> {
  const { intervalMs, metadataIntervalMs } = settings;
  const share = Math.min(1, intervalMs / metadataIntervalMs);
  const turns = Math.max(TURNS_MIN, Math.ceil(memories.size * share));
  const due = [...memories]
    .map(([id, { chosenAtMs }]) => ({ id, chosenAtMs: chosenAtMs ?? -Infinity }))
    // Half an interval early counts as due, else a turn would slip by one cycle each time.
    .filter(({ chosenAtMs }) => nowMs - chosenAtMs >= metadataIntervalMs - intervalMs / 2)
    .sort((a, b) => a.chosenAtMs - b.chosenAtMs);
  return new Set(due.slice(0, turns).map(({ id }) => id));
}
