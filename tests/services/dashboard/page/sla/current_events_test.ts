import { deepStrictEqual } from "node:assert/strict";
import type { SlaEvent, SlaStatus } from "../../../../../services/dashboard/page/api/slas.ts";
import { currentEvents } from "../../../../../services/dashboard/page/sla/current_events.ts";

function event(sequence: number, to: string, more: Partial<SlaEvent> = {}): SlaEvent {
  const atMs = sequence * 1_000;
  const about = { slaId: "s", name: "load", seriesId: "a", labels: {}, from: null, value: 1, reason: to };
  return { id: `e${sequence}`, sequence, kind: "state", to, atMs, recordedAtMs: atMs, ...about, ...more };
}

function status(
  evaluatedAtMs: number | null,
  state: SlaStatus["state"],
  knownSinceMs: number | null,
) {
  const one = { seriesId: "a", labels: {}, state, reason: `now ${state}`, knownSinceMs };
  return { evaluatedAtMs, series: [one] as unknown as SlaStatus["series"] };
}

const shown = (...given: Parameters<typeof currentEvents>) =>
  currentEvents(...given).map(({ to, reason }) => `${to}: ${reason}`);

Deno.test("currentEvents() is led by a state whose event is not there yet", () =>
  deepStrictEqual(shown(status(9_000, "violated", 8_000), [event(2, "ok"), event(1, "at_risk")]), [
    "violated: now violated",
    "ok: ok",
    "at_risk: at_risk",
  ]));

Deno.test("currentEvents() leaves out what the status does not know yet", () =>
  deepStrictEqual(shown(status(2_500, "ok", 2_000), [event(3, "violated"), event(2, "ok")]), ["ok: ok"]));

Deno.test("currentEvents() tells a state once, a burn rate beside it, and all before the first judgement", () => {
  const burn = event(4, "firing", { kind: "burn_rate" });
  deepStrictEqual(shown(status(9_000, "ok", 2_000), [burn, event(2, "ok")]), ["firing: firing", "ok: ok"]);
  deepStrictEqual(shown(status(null, "unknown", null), [event(1, "ok")]), ["ok: ok"]);
  deepStrictEqual(shown(status(9_000, "ok", 1_000), []), ["ok: now ok"]);
});

Deno.test("currentEvents() says nothing of a series whose event lies before those that were read", () => {
  const other = event(5, "ok", { seriesId: "b" });
  deepStrictEqual(shown(status(9_000, "ok", 100), [other]), ["ok: ok"]);
});

Deno.test("currentEvents() leaves out a state that another followed at the same moment", () => {
  const events = [event(3, "at_risk", { atMs: 2_000 }), event(2, "ok"), event(1, "violated")];
  deepStrictEqual(shown(status(9_000, "at_risk", 2_000), events), ["at_risk: at_risk", "violated: violated"]);
  const other = event(4, "ok", { atMs: 2_000, seriesId: "b" });
  deepStrictEqual(shown(status(9_000, "ok", 2_000), [other, event(2, "ok")]), ["ok: ok", "ok: ok"]);
});

Deno.test("currentEvents() says of a past state what its event says, whatever came later", () => {
  const first = event(3_600, "ok", { reason: "5 is within 0 … 10; by its samples at least since then" });
  const alone = shown(status(4_000_000, "ok", 120_000), [first]);
  const later = shown(status(4_000_000, "violated", 3_700_000), [event(3_700, "violated"), first]);
  deepStrictEqual(later, ["violated: violated", ...alone]);
  deepStrictEqual(alone, [`ok: ${first.reason}`]);
});
