import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { readForecaster } from "@pronoia/analytics";
import { currentEvents } from "../../../services/dashboard/page/sla/current_events.ts";
import { seriesId } from "../../../services/shared/domain/labels.ts";
import type { SlaEvent } from "../../../services/shared/domain/sla/sla_event.ts";
import { formatUtc } from "../../../services/shared/domain/units/quantity.ts";
import { createLocalMaths, type Maths } from "../../../services/sla_manager/prediction/maths.ts";
import { create, openSlaManager, START_MS } from "../../support/sla_manager.ts";

const MINUTE = 60_000;

Deno.test("a method that was chosen for an expression edited meanwhile is not kept", async () => {
  const local = createLocalMaths();
  let whileChoosing = async (): Promise<void> => {};
  const maths: Maths = {
    ...local,
    async choose(values, options) {
      await whileChoosing();
      return await local.choose(values, options);
    },
  };
  await using manager = openSlaManager({ maths });
  manager.source.series.set("calm", [{ labels: {}, valueAt: () => 5 }]);
  manager.source.series.set("wild", [{ labels: {}, valueAt: (timeMs) => 50 * Math.sin(timeMs / MINUTE) }]);
  const id = await create(manager, { name: "a", expression: "calm", max: 100 });
  whileChoosing = async () => {
    whileChoosing = async () => {};
    const edit = { name: "a", expression: "wild", max: 100 };
    strictEqual((await manager.json("PUT", `/slas/${id}`, edit)).status, 200);
  };
  await manager.clock.advance(20 * MINUTE);
  await manager.evaluator.evaluateAll();
  const [{ model }] = manager.evaluator.slas.require(id).series.values();
  const { mean } = model!.forecaster.forecast(40);
  ok(Math.max(...mean) - Math.min(...mean) > 10, "it speaks of the new expression");
  const stored = (await manager.store.progress.load(id, 0))!.models;
  const reopened = readForecaster(JSON.parse(stored[0].json)).forecast(40).mean;
  ok(Math.max(...reopened) - Math.min(...reopened) > 10, "and so does what is stored");
  deepStrictEqual(manager.problems, []);
});

Deno.test("an SLA of another expression is of its series at once; what was told of the old ones ends", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0, seriesMax: 2, channels: ["webhook"] } });
  const series = (app: string, value: number) =>
    ["a", "b"].map((host) => ({ labels: { app, host }, valueAt: () => value }));
  manager.source.series.set("old", series("old", 200));
  manager.source.series.set("new", series("new", 5));
  const id = await create(manager, {
    name: "a",
    expression: "old",
    max: 100,
    target: 0.9,
    budgetWindow: "2h",
  });
  const body = { name: "a", expression: "new", max: 100, target: 0.9, budgetWindow: "2h" };
  strictEqual((await manager.json("PUT", `/slas/${id}`, body)).status, 200);
  const { body: status } = await manager.json("GET", `/slas/${id}/status`);
  deepStrictEqual([status.state, status.reason], ["ok", "5 is below the maximum of 100"]);
  deepStrictEqual(
    status.series.map(({ labels }: { labels: object }) => labels),
    [
      { app: "new", host: "a" },
      { app: "new", host: "b" },
    ].sort((a, b) => seriesId(a) < seriesId(b) ? -1 : 1),
  );
  while (await manager.evaluator.backfill(id));
  const { body: budget } = await manager.json("GET", `/slas/${id}/budget`);
  deepStrictEqual([budget.goodMs, budget.badMs, budget.missingMs], [120 * MINUTE, 0, 0]);
  const events = (await manager.json("GET", `/slas/${id}/events`)).body.items;
  const forgotten = events.filter(({ kind }: { kind: string }) => kind === "forgotten");
  deepStrictEqual(
    forgotten.map(({ from, reason }: { from: string; reason: string }) => [from, reason]),
    Array(2).fill(["violated", "the expression yields other series now"]),
  );
  const told = await manager.store.outbox.peek("webhook", 10);
  strictEqual(told.filter(({ alert }) => alert.endsAtMs === null).length, 2);
  strictEqual(told.filter(({ alert }) => alert.endsAtMs !== null).length, 2);
});

Deno.test("an SLA of an expression without samples knows nothing, whatever the one before showed", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("full", [{ labels: {}, valueAt: () => 5 }]);
  const id = await create(manager, { name: "a", expression: "full", max: 100 });
  await manager.json("PUT", `/slas/${id}`, { name: "a", expression: "empty", max: 1 });
  const none = ["unknown", "the expression yields no series"];
  const { body: { state, reason, value, series } } = await manager.json("GET", `/slas/${id}/status`);
  deepStrictEqual([state, reason, value, series], [...none, null, []]);
  const prediction = (await manager.json("GET", `/slas/${id}/prediction`)).body;
  deepStrictEqual([prediction.state, prediction.reason, prediction.series], [...none, []]);
});

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
  deepStrictEqual([first.to, first.reason], ["ok", "9.75 is below the maximum of 20"]);
  deepStrictEqual([after.to, after.reason], ["violated", "10.75 is above the maximum of 3"]);
  const { body: status } = await manager.json("GET", `/slas/${id}/status`);
  // By the bounds as they are now it was so a while before: that is what its samples say, an hour of them at most.
  deepStrictEqual([status.state, status.sinceMs, status.sinceAtLeast], [
    "violated",
    START_MS + MINUTE / 4,
    false,
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

Deno.test("what is answered while a new or edited SLA is judged for the first time is never the old verdict", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{ labels: {}, valueAt: () => 10 }]);
  const { read } = manager.source;
  let release = (): void => {};
  let reached = Promise.resolve();
  const hold = (): void => {
    const gate = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    [release, reached] = [gate.resolve, asked.promise];
    manager.source.read = async (query, signal) => {
      asked.resolve();
      await gate.promise;
      return await read(query, signal);
    };
  };
  const answers = async () => {
    const [status, prediction] = await Promise.all(
      ["status", "predictions"].map(async (path) =>
        (await manager.json("GET", `/slas/${path}`)).body.items[0]
      ),
    );
    deepStrictEqual([prediction.state, prediction.reason], [status.state, status.reason]);
    return [status.state, status.reason, status.max, prediction.probability];
  };

  hold();
  const posted = manager.json("POST", "/slas", { name: "a", expression: "m", max: 20 });
  await reached;
  deepStrictEqual(await answers(), ["unknown", "not judged yet", 20, null]);
  release();
  const { body: { id } } = await posted;
  const stateNow = async () => (await manager.json("GET", `/slas/${id}/status`)).body.state;
  strictEqual(await stateNow(), "ok");

  hold();
  const put = manager.json("PUT", `/slas/${id}`, { name: "a", expression: "m", max: 3 });
  await reached;
  deepStrictEqual(await answers(), ["unknown", "not judged yet since the edit", 3, null]);
  release();
  await put;
  const { body: { state, reason } } = await manager.json("GET", `/slas/${id}/status`);
  deepStrictEqual([state, reason], ["violated", "10 is above the maximum of 3"]);
  strictEqual((await manager.json("GET", `/slas/${id}/prediction`)).body.probability, 1);

  hold();
  const renamed = manager.json("PUT", `/slas/${id}`, { name: "b", expression: "m", max: 3 });
  await reached;
  strictEqual(await stateNow(), "violated", "another name is no other verdict");
  release();
  await renamed;
});

Deno.test("an edit charges no time before the first sample, and alerts of nothing", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0 } });
  manager.source.series.set("m", [{ labels: {}, valueAt: (timeMs) => timeMs < START_MS ? NaN : 4 }]);
  await manager.clock.advance(3 * MINUTE);
  const draft = { expression: "m", target: 0.99, budgetWindow: "30d", noData: "violated" };
  const ids = [
    await create(manager, { ...draft, name: "a", max: 40 }),
    await create(manager, { ...draft, name: "b", max: 41 }),
    await create(manager, { ...draft, name: "none", expression: "none", max: 40 }),
  ];
  await manager.run(2 * MINUTE);
  for (const [i, name] of [[0, "a"], [2, "none"]] as const) {
    const edit = { ...draft, name, expression: i === 2 ? "none" : "m", max: 41 };
    strictEqual((await manager.json("PUT", `/slas/${ids[i]}`, edit)).status, 200);
  }
  for (const id of ids) while (await manager.evaluator.backfill(id));
  await manager.run(2 * MINUTE);
  const budgets = await Promise.all(ids.map(async (id) => {
    const { body } = await manager.json("GET", `/slas/${id}/budget`);
    const { remaining, badMs, missingMs, goodMs, judgedFromMs, burnRates } = body;
    return { remaining, badMs, missingMs, goodMs, judgedFromMs, burnRates };
  }));
  deepStrictEqual(budgets[0], budgets[1]);
  const { remaining, badMs, missingMs, judgedFromMs } = budgets[0];
  deepStrictEqual([remaining, badMs, missingMs, judgedFromMs], [1, 0, 0, START_MS]);
  ok(budgets[2].missingMs <= 2 * MINUTE + 15_000, "what never was is missing since the edit");
  const { body: { items } } = await manager.json("GET", `/slas/${ids[0]}/events`);
  deepStrictEqual(items.map(({ kind }: { kind: string }) => kind), ["edited", "state"]);
});

Deno.test("an edit while samples are missing goes on to charge for them", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0 } });
  manager.source.series.set("m", [{ labels: {}, valueAt: (timeMs) => timeMs < START_MS ? 4 : NaN }]);
  const draft = { name: "a", expression: "m", max: 40, target: 0.9, budgetWindow: "6h", noData: "violated" };
  const id = await create(manager, draft);
  await manager.run(2 * 60 * MINUTE);
  await manager.json("PUT", `/slas/${id}`, { ...draft, max: 41 });
  while (await manager.evaluator.backfill(id));
  const { body: { missingMs } } = await manager.json("GET", `/slas/${id}/budget`);
  strictEqual(missingMs, 2 * 60 * MINUTE + 15_000);
});

Deno.test("what never had a sample is told of since it was asked for, not before", async () => {
  await using manager = openSlaManager({ stepMs: MINUTE });
  await manager.clock.advance(41_000);
  const id = await create(manager, { name: "x", expression: "none", max: 1 });
  const { body: { items } } = await manager.json("GET", `/slas/${id}/events`);
  const { body: { createdAtMs } } = await manager.json("GET", `/slas/${id}`);
  const { body: { state, sinceMs } } = await manager.json("GET", `/slas/${id}/status`);
  deepStrictEqual(items.map(({ to, atMs }: { to: string; atMs: number }) => [to, atMs]), [
    ["unknown", createdAtMs],
  ]);
  deepStrictEqual([state, sinceMs], ["unknown", createdAtMs]);
});

Deno.test("since when a state lasts is true by the definition as it is now, whatever is edited", async () => {
  await using manager = openSlaManager();
  // 12 from 40 to 30 minutes ago, 7 from 20 to 15 minutes ago.
  const valueAt = (timeMs: number) => {
    const agoMs = START_MS - timeMs;
    if (agoMs > 30 * MINUTE && agoMs <= 40 * MINUTE) return 12;
    return agoMs > 15 * MINUTE && agoMs <= 20 * MINUTE ? 7 : 5;
  };
  manager.source.series.set("m", [{ labels: {}, valueAt }]);
  const lookMs = START_MS - 60 * MINUTE;
  const draft = { name: "a", expression: "m", max: 20, warnMax: 15, noData: "unknown" };
  const id = await create(manager, draft);
  const since = async () => {
    const { body: { state, sinceMs, sinceAtLeast, series } } = await manager.json(
      "GET",
      `/slas/${id}/status`,
    );
    deepStrictEqual([series[0].sinceMs, series[0].sinceAtLeast], [sinceMs, sinceAtLeast]);
    return [state, sinceMs, sinceAtLeast] as const;
  };
  deepStrictEqual(await since(), ["ok", lookMs, true], "as far back as it was looked");
  const edits = [
    [{ max: 10, warnMax: null }, ["ok", START_MS - 30 * MINUTE, false], "max 20 → 10, warnMax 15 → none"],
    [{ max: 10, warnMax: 6 }, ["ok", START_MS - 14 * MINUTE, false], "warnMax none → 6"],
    [{ max: 10, warnMax: 4 }, ["at_risk", START_MS - 30 * MINUTE, false], "warnMax 6 → 4"],
    [{ max: 10, warnMax: 4, target: 0.9 }, ["at_risk", START_MS - 30 * MINUTE, false], null],
    [
      { max: 4.5, warnMax: 4, tolerance: "1m" },
      ["violated", lookMs, true],
      "max 10 → 4.5, tolerance 0s → 1m",
    ],
    [{}, ["ok", lookMs, true], "max 4.5 → 20, warnMax 4 → 15, tolerance 1m → 0s"],
  ] as const;
  const told: (readonly [string, string, number, boolean])[] = [];
  for (const [change, expected, edit] of edits) {
    strictEqual((await manager.json("PUT", `/slas/${id}`, { ...draft, ...change })).status, 200);
    deepStrictEqual(await since(), expected, JSON.stringify(change));
    if (edit !== null) told.unshift([edit, ...expected]);
  }
  const { body: { items } } = await manager.json("GET", `/slas/${id}/events`);
  const edited = items.filter(({ kind }: { kind: string }) => kind === "edited");
  // Most of these edits leave the state as it is: the event of the edit alone says since when by the new definition.
  deepStrictEqual(
    edited.map((
      { reason, state, sinceMs, sinceAtLeast }: SlaEvent,
    ) => [reason, state, sinceMs, sinceAtLeast]),
    told.map(([edit, state, sinceMs, sinceAtLeast]) => [
      `the definition changed: ${edit}; ${state.replace("_", " ")}${sinceAtLeast ? " at least" : ""} since ` +
      `${formatUtc(sinceMs)} by the new definition`,
      state,
      sinceMs,
      sinceAtLeast,
    ]),
  );
  const states = items.filter(({ kind }: { kind: string }) => kind === "state").reverse();
  deepStrictEqual(states.map(({ from, to }: { from: string; to: string }) => [from, to]), [
    [null, "ok"],
    ["ok", "at_risk"],
    ["at_risk", "violated"],
    ["violated", "ok"],
  ]);
  await manager.run(10 * MINUTE);
  deepStrictEqual(await since(), ["ok", lookMs, true], "and it stays so");
});

Deno.test("what has not been evaluated for long is unknown since then, not since it was known", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{ labels: {}, valueAt: () => 5 }]);
  const id = await create(manager, { name: "a", expression: "m", max: 20 });
  const { body: { evaluatedAtMs } } = await manager.json("GET", `/slas/${id}/status`);
  await manager.clock.advance(10 * MINUTE);
  const { body: { items: [status] } } = await manager.json("GET", "/slas/status");
  deepStrictEqual([status.state, status.sinceMs, status.sinceAtLeast], [
    "unknown",
    evaluatedAtMs + 3 * MINUTE,
    false,
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

Deno.test("the event of an edit speaks of the worst of several series, and of what nobody knows as unknown", async () => {
  await using manager = openSlaManager();
  // The other one was above 6 until 20 minutes ago.
  const hosts = [
    { labels: { host: "calm" }, valueAt: () => 5 },
    { labels: { host: "wild" }, valueAt: (timeMs: number) => timeMs < START_MS - 20 * MINUTE ? 9 : 5.5 },
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
    "the definition changed: max 20 → 6; ok since 2025-12-31 23:40:00 UTC by the new definition, " +
      "the worst of 2 series",
  );
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
