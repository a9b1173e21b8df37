import type { EtlSettings } from "../settings.ts";

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

/** Share of the interval that young series may take for turns beyond those. */
const YOUNG_SHARE = 0.25;

/** How long turns took last, kept from cycle to cycle. */
export interface TurnPace {
  /** Mean time of one turn, ms; `undefined` before the first. */
  turnMs: number | undefined;
}

/** How many turns fit into a quarter of the interval, or into what is left of it, going by those before. */
export function countFitting({ turnMs }: TurnPace, intervalMs: number, elapsedMs: number): number {
  if (turnMs === undefined) return 0;
  const spareMs = Math.max(0, Math.min(YOUNG_SHARE * intervalMs, intervalMs - elapsedMs));
  return Math.floor(spareMs / Math.max(turnMs, 0.01));
}

/**
 * Whose turn it is to have metadata computed and a forecaster chosen in full.
 *
 * Everyone has a turn once per metadata interval, spread over its cycles: those that never had one first, then those
 * that are longest over their time. A young series has its next one as soon as twice as much of it is known, so that it
 * does not keep for a quarter of an hour what was chosen from its first minutes: a few turns more in all, as each waits
 * twice as long as the one before. Where there are many, a choice from few values is quick: the young ones, and those
 * without any choice yet, have as many turns as fit into the time, and only the others are held to their share.
 */
export function takeTurns(
  memories: ReadonlyMap<string, SeriesMemory>,
  nowMs: number,
  settings: Pick<EtlSettings, "intervalMs" | "metadataIntervalMs"> & {
    /** What {@linkcode countFitting} says. @default 0 */
    readonly fitting?: number;
  },
): ReadonlySet<string> {
  const { fitting = 0 } = settings;
  const share = Math.min(1, settings.intervalMs / settings.metadataIntervalMs);
  const turns = Math.max(TURNS_MIN, Math.ceil(memories.size * share));
  const due = [...memories]
    .map(([id, memory]) => ({
      id,
      waited: waitedOf(memory, nowMs, settings),
      isYoung: memory.chosenSpanMs < settings.metadataIntervalMs,
    }))
    .filter(({ waited }) => waited >= 1)
    .sort((a, b) => b.waited - a.waited);
  const young = due.slice(turns).filter(({ isYoung }) => isYoung);
  const taken = [...due.slice(0, turns), ...young.slice(0, Math.max(0, fitting - turns))];
  return new Set(taken.map(({ id }) => id));
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
