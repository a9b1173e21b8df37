import { openSqlSlaStore } from "../../services/shared/adapters/slas/sql_sla_store.ts";
import { openSqliteConnection } from "../../services/shared/adapters/sqlite/sqlite_connection.ts";
import type { SlaEvent } from "../../services/shared/domain/sla/sla_event.ts";
import type { AlertNotifier } from "../../services/shared/ports/alert_notifier.ts";
import type { SlaStore } from "../../services/shared/ports/sla_store.ts";
import { deliverDue } from "../../services/sla_manager/alerts/deliver.ts";
import { FakeClock } from "./fake_clock.ts";
import { createScriptedSource } from "./scripted_source.ts";
import { openSlaManager, type SlaManagerUnderTest } from "./sla_manager.ts";

const MINUTE = 60_000;

/** The SLA of the day: at most 10, a warning above 8. */
const DAY_SLA = {
  name: "a day",
  expression: "day",
  max: 10,
  warnMax: 8,
  target: 0.99,
  budgetWindow: "24h",
  labels: { team: "blue" },
};

/** A day in the life of a metric; the minute says what it is. */
function valueAt(minute: number): number {
  const within = (from: number, to: number): boolean => minute >= from * 60 && minute < to * 60;
  if (minute < 0 || within(12, 12 + 20 / 60)) return NaN;
  if (within(6, 6 + 20 / 60)) return 9;
  if (within(6 + 20 / 60, 6 + 50 / 60)) return 12;
  if (within(15 + 3 / 60, 15 + 6 / 60)) return 12;
  if (within(18 + 5 / 60, 18 + 20 / 60)) return 12;
  return 5;
}

/**
 * What must be told of it, by hand: `[hour:minute, kind, from, to]`.
 *
 * 06:00 a warning, 06:20 a violation of 30 minutes. A burn rate is told at the end of the step that decides it: 9 bad
 * minutes are 15 % of the last hour (06:29), 22 are 6.1 % of six hours (06:42), but all 30 no 1 % of three days,
 * however few of these were judged; none is left of five minutes (06:55), one of thirty (07:19). 12:00 no samples,
 * known after three. 15:00 the source is away until 15:10, and nothing is known; that three minutes of it were bad
 * counts, but nobody is woken for them. 18:00 the service is away, and at 18:30 finds a violation that began and
 * ended meanwhile: 48 bad minutes are more than 1 % of three days, and 18 of six hours.
 */
export const DAY_EVENTS: readonly (readonly [time: string, kind: string, from: string | null, to: string])[] =
  [
    ["00:00", "state", null, "ok"],
    ["06:00", "state", "ok", "at_risk"],
    ["06:20", "state", "at_risk", "violated"],
    ["06:29", "burn_rate", "14.4x-1h", "firing"],
    ["06:42", "burn_rate", "6x-6h", "firing"],
    ["06:50", "state", "violated", "ok"],
    ["06:55", "burn_rate", "14.4x-1h", "resolved"],
    ["07:19", "burn_rate", "6x-6h", "resolved"],
    ["12:02", "state", "ok", "unknown"],
    ["12:20", "state", "unknown", "ok"],
    ["15:00", "state", "ok", "unknown"],
    ["15:10", "state", "unknown", "ok"],
    ["18:05", "state", "ok", "violated"],
    ["18:20", "state", "violated", "ok"],
    ["18:31", "burn_rate", "1x-3d", "firing"],
  ];

/** What a day left behind. */
export interface DayRecord {
  readonly events: readonly SlaEvent[];
  // deno-lint-ignore no-explicit-any -- the budget's answer, compared whole
  readonly budget: any;
}

/** Who is told, and when the service is killed. */
export interface DayOptions {
  readonly startMs: number;
  readonly notifier: AlertNotifier;
  readonly openStore: () => SlaStore;
  /** Kills and restarts the service before the evaluation of this minute. @default never */
  readonly killBefore?: (minute: number) => boolean;
  /** Minutes to play. @default a day */
  readonly minutes?: number;
}

/** Plays the day: an evaluation a minute, what is due delivered after each. */
export async function playDay(options: DayOptions): Promise<DayRecord> {
  const { startMs, notifier, openStore, killBefore = () => false, minutes = 1_440 } = options;
  const clock = new FakeClock(startMs);
  const source = createScriptedSource({ clock, stepMs: MINUTE });
  source.series.set("day", [{
    labels: { __name__: "day", path: "/" },
    valueAt: (timeMs) => valueAt((timeMs - startMs) / MINUTE),
  }]);
  const open = (): SlaManagerUnderTest =>
    openSlaManager({
      clock,
      source,
      store: openStore(),
      // Predictions have tests of their own: here only certainty would count as a risk.
      settings: {
        intervalMs: MINUTE,
        settleMs: 0,
        channels: [notifier.channel],
        riskThreshold: 1,
        choicesMax: { quick: 1, full: 0 },
      },
    });
  let manager = open();
  const { body: { id } } = await manager.json("POST", "/slas", DAY_SLA);
  while (await manager.evaluator.backfill(id));
  for (let minute = 1; minute < minutes; minute++) {
    await clock.advance(MINUTE);
    source.down = minute >= 15 * 60 && minute < 15 * 60 + 10;
    // The service is away from 18:00 to 18:30.
    if (minute >= 18 * 60 && minute < 18 * 60 + 30) continue;
    if (killBefore(minute) || minute === 18 * 60 + 30) {
      // Nothing is finished or told at a kill: what is not in the store is gone.
      await manager[Symbol.asyncDispose]();
      manager = open();
      await manager.evaluator.slas.refresh();
      await manager.evaluator.choose();
    }
    await manager.evaluator.evaluateAll();
    await deliverDue({
      outbox: manager.store.outbox,
      notifier,
      nowMs: clock.nowMs(),
      signal: new AbortController().signal,
    });
  }
  const { body: { items } } = await manager.json("GET", `/slas/${id}/events?limit=1000`);
  const { body: budget } = await manager.json("GET", `/slas/${id}/budget`);
  await manager[Symbol.asyncDispose]();
  return { events: items.reverse(), budget };
}

/** An event as {@linkcode DAY_EVENTS} writes it. */
export function tellEvent(
  { atMs, kind, from, to }: SlaEvent,
  startMs: number,
): [string, string, string | null, string] {
  return [clockTime(atMs - startMs), kind, from, to];
}

/** Hours and minutes of a time of the day. */
export function clockTime(sinceStartMs: number): string {
  const minute = Math.round(sinceStartMs / MINUTE);
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/** Opens the same database file again and again. */
export function fileStore(path: string): () => SlaStore {
  return () => openSqlSlaStore(openSqliteConnection({ path }));
}
