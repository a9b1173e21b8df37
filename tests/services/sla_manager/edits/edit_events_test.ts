import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { currentEvents } from "../../../../services/dashboard/page/sla/current_events.ts";
import type { SlaEvent } from "../../../../services/shared/domain/sla/sla_event.ts";
import { formatUtc } from "../../../../services/shared/domain/units/quantity.ts";
import { create, openSlaManager, START_MS } from "../../../support/sla_manager.ts";

const MINUTE = 60_000;

Deno.test("the first event is of the sample it was judged by, and that after an edit of the edit", async () => {
  await using manager = openSlaManager();
  const valueAt = (timeMs: number) => 3 + (timeMs - START_MS) / MINUTE;
  manager.source.series.set("m", [{ labels: {}, valueAt }]);
  await manager.clock.advance(7 * MINUTE + 4_000);
  const id = await create(manager, { name: "a", expression: "m", max: 20 });
  await manager.clock.advance(MINUTE);
  await manager.json("PUT", `/slas/${id}`, { name: "a", expression: "m", max: 3 });
  const { body: { items: [after, edited, first] } } = await manager.json("GET", `/slas/${id}/events`);
  const { body: { updatedAtMs } } = await manager.json("GET", `/slas/${id}`);
  // The newest sample has not settled; before the edit, which is between two samples, it was no violation.
  const sampleMs = START_MS + 7 * MINUTE - 15_000;
  deepStrictEqual([first.atMs, first.value], [sampleMs, valueAt(sampleMs)]);
  deepStrictEqual([after.atMs, after.value], [updatedAtMs, null]);
  deepStrictEqual([first.to, first.reason], [
    "ok",
    "9.75 is below the maximum of 20; by its samples at least since 2025-12-31 23:07:00 UTC",
  ]);
  deepStrictEqual([after.to, after.reason], [
    "violated",
    "10.75 is above the maximum of 3; by its samples since 2026-01-01 00:00:15 UTC",
  ]);
  const { body: status } = await manager.json("GET", `/slas/${id}/status`);
  // By the bounds as they are now it was so a while before: that is what its samples say, an hour of them at most.
  deepStrictEqual([status.state, status.sinceMs, status.sinceAtLeast, status.knownSinceMs], [
    "violated",
    START_MS + MINUTE / 4,
    false,
    updatedAtMs,
  ]);
  deepStrictEqual([edited.kind, edited.reason], [
    "edited",
    "the definition changed: max 20 → 3; violated since 2026-01-01 00:00:15 UTC by the new definition",
  ]);
  deepStrictEqual([edited.from, edited.to, edited.seriesId, edited.atMs, edited.recordedAtMs], [
    null,
    "edited",
    "",
    updatedAtMs,
    status.evaluatedAtMs,
  ]);
});

Deno.test("edits to and fro within one step are told each", async () => {
  await using manager = openSlaManager({ settings: { channels: ["webhook"] } });
  manager.source.series.set("m", [{ labels: {}, valueAt: () => 5 }]);
  const id = await create(manager, { name: "a", expression: "m", max: 20 });
  for (const max of [3, 20, 3]) await manager.json("PUT", `/slas/${id}`, { name: "a", expression: "m", max });
  const { body: { items } } = await manager.json("GET", `/slas/${id}/events`);
  const states = items.filter(({ kind }: { kind: string }) => kind === "state").reverse();
  deepStrictEqual(states.map(({ to }: { to: string }) => to), ["ok", "violated", "ok", "violated"]);
  const told = await manager.store.outbox.peek("webhook", 9);
  deepStrictEqual(told.map(({ alert }) => alert.endsAtMs === null), [true, false, true]);
  strictEqual(new Set(told.map(({ alert }) => alert.startsAtMs)).size, 1, "all of one step");
  strictEqual(new Set(told.map(({ id }) => id)).size, 3);
});

Deno.test("edits are told as of when they were made, and what they led to not before, in one order everywhere", async () => {
  await using manager = openSlaManager();
  const valueAt = (timeMs: number) => timeMs === START_MS + 45_000 ? 60 : 1;
  manager.source.series.set("m", [{ labels: { host: "a" }, valueAt }]);
  manager.source.series.set("other", [{ labels: { host: "b" }, valueAt }]);
  await manager.clock.advance(41_000);
  const id = await create(manager, { name: "a", expression: "m", max: 3 });
  const madeAtMs: number[] = [];
  const edit = async (change: object) => {
    await manager.clock.advance(3_000);
    const draft = { name: "a", expression: "m", max: 3, ...change };
    madeAtMs.unshift((await manager.json("PUT", `/slas/${id}`, draft)).body.updatedAtMs);
  };
  for (const max of [0.5, 50, 3]) await edit({ max });
  await edit({ expression: "other" });
  await edit({ expression: "other", max: 50 });
  // At the sample before the last edits it was out of bounds, which was not seen until after them.
  await manager.run(2 * MINUTE);
  const { body: { items } } = await manager.json("GET", `/slas/${id}/events`);
  const history = items.map(({ kind, to, atMs, reason }: SlaEvent) =>
    [kind === "state" ? to : kind, atMs, /max .* → [\d.]+|another/.exec(reason)?.[0]].filter((part) => part)
  );
  const [last, onOther, third, second, first] = madeAtMs;
  deepStrictEqual(history, [
    ["ok", START_MS + 60_000],
    ["violated", last],
    ["edited", last, "max 3 → 50"],
    ["ok", onOther],
    ["forgotten", onOther],
    ["edited", onOther, "another"],
    ["edited", third, "max 50 → 3"],
    ["ok", second],
    ["edited", second, "max 0.5 → 50"],
    ["violated", first],
    ["edited", first, "max 3 → 0.5"],
    ["ok", START_MS + 15_000],
  ]);
  const paged: SlaEvent[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const query = cursor === "" ? "limit=2" : `limit=2&cursor=${cursor}`;
    const { body } = await manager.json("GET", `/slas/${id}/events?${query}`);
    paged.push(...body.items);
    cursor = body.nextCursor;
  }
  deepStrictEqual(paged, items);
  const { body: status } = await manager.json("GET", `/slas/${id}/status`);
  deepStrictEqual(currentEvents(status, items).map(({ key }) => key), items.map(({ id }: SlaEvent) => id));
  strictEqual(new Set(items.map(({ id }: SlaEvent) => id)).size, items.length);
});

Deno.test("the event of an edit speaks of all its series, and of what nobody knows as unknown", async () => {
  await using manager = openSlaManager();
  // The other one was above 6 until 20 minutes ago.
  const hosts = [
    { labels: { host: "calm" }, valueAt: () => 5.5 },
    { labels: { host: "wild" }, valueAt: (timeMs: number) => timeMs < START_MS - 20 * MINUTE ? 9 : 5 },
  ];
  manager.source.series.set("m", hosts);
  const id = await create(manager, { name: "a", expression: "m", max: 20 });
  const newest = async (): Promise<SlaEvent> => {
    const { body: { items } } = await manager.json("GET", `/slas/${id}/events`);
    return items.find(({ kind }: SlaEvent) => kind === "edited");
  };
  await manager.json("PUT", `/slas/${id}`, { name: "a", expression: "m", max: 6 });
  const { reason, state, sinceMs } = await newest();
  deepStrictEqual([state, sinceMs], ["ok", START_MS - 20 * MINUTE]);
  strictEqual(
    reason,
    "the definition changed: max 20 → 6; ok since 2025-12-31 23:40:00 UTC by the new definition",
  );
  const { body: status } = await manager.json("GET", `/slas/${id}/status`);
  deepStrictEqual([status.state, status.sinceMs], [state, sinceMs]);
  await manager.json("PUT", `/slas/${id}`, { name: "a", expression: "nobody", max: 6 });
  const unknown = await newest();
  strictEqual(unknown.state, "unknown");
  const { body: { state: now, sinceMs: nowSinceMs } } = await manager.json("GET", `/slas/${id}/status`);
  deepStrictEqual([now, nowSinceMs], ["unknown", unknown.sinceMs]);
  strictEqual(
    unknown.reason,
    "the definition changed: another expression; unknown at least since " +
      `${formatUtc(unknown.sinceMs!)} by the new definition`,
  );
});

Deno.test("an edit of bounds is judged with its prediction at once, by the method that was chosen before", async () => {
  await using manager = openSlaManager();
  // Every fifth sample is the highest: that one of the next ten minutes will be is all but certain.
  const valueAt = (timeMs: number): number => (Math.round(timeMs / 15_000) + 2) % 5;
  manager.source.series.set("m", [{ labels: {}, valueAt }]);
  const id = await create(manager, { name: "a", expression: "m", max: 20 });
  await manager.run(5 * MINUTE);
  const models = async () => (await manager.store.progress.load(id, 0))!.models;
  const before = await models();
  strictEqual(before.length, 1);
  await manager.json("PUT", `/slas/${id}`, { name: "a", expression: "m", max: 3.5 });
  const { body: { items } } = await manager.json("GET", `/slas/${id}/events`);
  deepStrictEqual(items.map(({ kind, to, state }: SlaEvent) => [kind, to, state]), [
    ["state", "at_risk", undefined],
    ["edited", "edited", "at_risk"],
    ["state", "ok", undefined],
  ]);
  deepStrictEqual(await models(), before);
  await manager.json("PUT", `/slas/${id}`, { name: "a", expression: "nobody", max: 3.5 });
  deepStrictEqual(await models(), [], "what was learnt of other samples is forgotten");
});
