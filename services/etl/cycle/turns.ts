import type { EtlSettings } from "../settings.ts";

/** What is remembered of a series between cycles. */
export interface SeriesMemory {
  /** When it was found first. */
  readonly foundAtMs: number;
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
  /** Whether it is analysed as the rate of a counter. */
  isCounter: boolean;
}

/** So few turns in one cycle cost a second or two. */
const TURNS_MIN = 40;

/**
 * Share of the interval that turns may take beyond those that everyone's own would come to: of a minute a second and
 * a half, in which a thousand series of a day have theirs within minutes, and no cycle takes long.
 */
const TURNS_SHARE = 0.025;

/** How long turns took last, kept from cycle to cycle. */
export interface TurnPace {
  /** Mean time of one turn, ms; `undefined` before the first. */
  turnMs: number | undefined;
}

/** How many turns fit into a fortieth of the interval, or into what is left of it, going by those before. */
export function countFitting({ turnMs }: TurnPace, intervalMs: number, elapsedMs: number): number {
  if (turnMs === undefined) return 0;
  const spareMs = Math.max(0, Math.min(TURNS_SHARE * intervalMs, intervalMs - elapsedMs));
  return Math.floor(spareMs / Math.max(turnMs, 0.01));
}

/**
 * Whose turn it is to have metadata computed and a forecaster chosen in full.
 *
 * Everyone has a turn once per metadata interval. A young series has its next one as soon as twice as much of it is
 * known, so that it does not keep for a quarter of an hour what was chosen from its first minutes: a few turns more
 * in all, as each waits twice as long as the one before.
 *
 * Those that never had one come first, then those that are due first. Where many will be due at the same time, as
 * those that began together are, some have their turn early: just as many as make the turns until then equally many a
 * cycle. There are never more than fit into the time, or than it takes for everyone to have one per metadata
 * interval.
 *
 * @param memories Of the series that can take a turn: one that cannot would be the first in every cycle.
 */
export function takeTurns(
  memories: ReadonlyMap<string, SeriesMemory>,
  nowMs: number,
  settings: Pick<EtlSettings, "intervalMs" | "metadataIntervalMs"> & {
    /** What {@linkcode countFitting} says. @default 0 */
    readonly fitting?: number;
  },
): ReadonlySet<string> {
  const { intervalMs, metadataIntervalMs, fitting = 0 } = settings;
  const share = Math.min(1, intervalMs / metadataIntervalMs);
  const turnsMax = Math.max(TURNS_MIN, Math.ceil(memories.size * share), fitting);
  const waiting = [...memories]
    .map(([id, memory]) => ({ id, dueMs: dueMsOf(memory, settings) }))
    .sort((a, b) => a.dueMs - b.dueMs);
  let due = 0;
  let evenly = 0;
  waiting.forEach(({ dueMs }, k) => {
    // Half an interval early counts as due, else a turn would slip by one cycle each time.
    const cyclesLeft = Math.max(0, Math.ceil((dueMs - nowMs) / intervalMs - 0.5));
    if (cyclesLeft === 0) due++;
    evenly = Math.max(evenly, Math.floor((k + 1) / (cyclesLeft + 1)));
  });
  const turns = Math.min(turnsMax, evenly > TURNS_MIN ? evenly : due);
  return new Set(waiting.slice(0, turns).map(({ id }) => id));
}

/** When the next turn of a series is due. */
function dueMsOf(
  { chosenAtMs = -Infinity, chosenSpanMs }: SeriesMemory,
  { intervalMs, metadataIntervalMs }: Pick<EtlSettings, "intervalMs" | "metadataIntervalMs">,
): number {
  return chosenAtMs + Math.min(metadataIntervalMs, Math.max(intervalMs, chosenSpanMs));
}
