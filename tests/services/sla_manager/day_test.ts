import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { SlaAlert } from "../../../services/shared/domain/sla/sla_event.ts";
import type { AlertNotifier } from "../../../services/shared/ports/alert_notifier.ts";
import { clockTime, DAY_EVENTS, fileStore, playDay, tellEvent } from "../../support/sla_day.ts";
import { START_MS } from "../../support/sla_manager.ts";

/** Remembers what it is told. */
function createRecorder(): AlertNotifier & { readonly told: [string, SlaAlert][] } {
  const told: [string, SlaAlert][] = [];
  return {
    told,
    channel: "recorder",
    repeatMs: null,
    batchMax: 100,
    send: async (messages) => {
      await undefined;
      told.push(...messages.map(({ id, alert }): [string, SlaAlert] => [id, alert]));
    },
  };
}

const tellAlert = ([, alert]: [string, SlaAlert]) => [
  alert.labels.burn_rate ?? alert.kind,
  clockTime(alert.startsAtMs - START_MS),
  alert.endsAtMs === null ? null : clockTime(alert.endsAtMs - START_MS),
];

/** Every alert change of the day, in order: what, since when, until when. */
const DAY_ALERTS = [
  ["at_risk", "06:00", null],
  ["at_risk", "06:00", "06:20"],
  ["violated", "06:20", null],
  ["14.4x-1h", "06:29", null],
  ["6x-6h", "06:42", null],
  ["violated", "06:20", "06:50"],
  ["14.4x-1h", "06:29", "06:55"],
  ["6x-6h", "06:42", "07:19"],
  ["violated", "18:05", null],
  ["violated", "18:05", "18:20"],
  ["1x-3d", "18:31", null],
];

async function play(
  options: { readonly killBefore?: (minute: number) => boolean; readonly minutes?: number } = {},
) {
  const folder = await Deno.makeTempDir();
  try {
    const notifier = createRecorder();
    const record = await playDay({
      startMs: START_MS,
      notifier,
      openStore: fileStore(`${folder}/sla.sqlite`),
      ...options,
    });
    return { ...record, told: notifier.told };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a day of violation, recovery, gap, outage and restart is told exactly", async () => {
  const { events, budget, told } = await play();
  deepStrictEqual(events.map((event) => tellEvent(event, START_MS)), DAY_EVENTS);
  deepStrictEqual(told.map(tellAlert), DAY_ALERTS);
  strictEqual(new Set(told.map(([id]) => id)).size, told.length);
  const MINUTE = 60_000;
  deepStrictEqual(
    [budget.badMs, budget.missingMs, budget.goodMs],
    [(30 + 3 + 15) * MINUTE, 20 * MINUTE, (1_440 - 48 - 20) * MINUTE],
  );
  strictEqual(budget.budgetMs, 0.01 * 1_440 * MINUTE);
  strictEqual(budget.consumed.toFixed(6), (48 / 14.4).toFixed(6));
});

Deno.test("nothing changes when the service is killed and restarted before any evaluation", async () => {
  // The stretch with every kind of change but the outages, killed before each single evaluation.
  const minutes = 7 * 60 + 30;
  const undisturbed = await play({ minutes });
  const killed = await play({ minutes, killBefore: () => true });
  deepStrictEqual(
    killed.events,
    undisturbed.events.map((event, i) => ({
      ...event,
      slaId: killed.events[i].slaId,
      id: event.id.replace(event.slaId, killed.events[i].slaId),
    })),
  );
  deepStrictEqual(killed.told.map(tellAlert), undisturbed.told.map(tellAlert));
  deepStrictEqual({ ...killed.budget, slaId: "" }, { ...undisturbed.budget, slaId: "" });
});
