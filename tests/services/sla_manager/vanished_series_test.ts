import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { create, openSlaManager, START_MS } from "../../support/sla_manager.ts";

const MINUTE = 60_000;
const GONE_MS = START_MS + 6 * MINUTE;

/** Two hosts of which one is removed after six minutes. */
function openWithVanishing(settings: Parameters<typeof openSlaManager>[0] = {}) {
  const manager = openSlaManager(settings);
  const known = { backMs: Infinity };
  manager.source.series.set("m", [
    {
      labels: { host: "a" },
      valueAt: (timeMs) =>
        timeMs < START_MS || timeMs > GONE_MS && timeMs < known.backMs ? NaN : 5 + Math.sin(timeMs),
    },
    { labels: { host: "b" }, valueAt: (timeMs) => timeMs < START_MS - 60 * MINUTE ? NaN : Math.sin(timeMs) },
  ]);
  return Object.assign(manager, { known });
}

type Manager = ReturnType<typeof openWithVanishing>;

const get = async (manager: Manager, id: string, what: string) =>
  (await manager.json("GET", `/slas/${id}/${what}`)).body;

const kinds = async (manager: Manager, id: string): Promise<readonly string[]> =>
  (await get(manager, id, "events")).items.map(({ kind, to }: Record<string, string>) =>
    kind === "state" ? to : kind
  ).reverse();

Deno.test("a series that vanishes is unknown until when the reason says, and then counts no more", async () => {
  await using manager = openWithVanishing();
  const id = await create(manager, { name: "a", expression: "m", max: 100, target: 0.99 });
  while (await manager.evaluator.backfill(id));
  await manager.run(30 * MINUTE);
  const status = await get(manager, id, "status");
  deepStrictEqual([status.state, status.series.length], ["unknown", 2]);
  strictEqual(
    status.reason,
    "no sample since 2026-01-01 00:06:00 UTC, for longer than 3m; it counts until 2026-01-01 01:06:30 UTC, unless it " +
      "returns or the expression leaves it out",
  );
  // What is told of it is of its own life.
  const budget = await get(manager, id, "budget");
  strictEqual(budget.series[0].labels.host, "a");
  strictEqual(budget.judgedFromMs, START_MS);
  strictEqual(budget.goodMs + budget.badMs + budget.missingMs, budget.toMs - budget.judgedFromMs);

  await manager.run(36 * MINUTE);
  strictEqual((await get(manager, id, "status")).state, "unknown");
  await manager.run(MINUTE / 2);
  for (const what of ["status", "prediction", "budget"]) {
    const answer = await get(manager, id, what);
    deepStrictEqual(answer.series.map(({ labels }: { labels: object }) => labels), [{ host: "b" }], what);
    if (what === "status") strictEqual(answer.state, "ok");
    if (what === "prediction") deepStrictEqual([answer.state, answer.reason], ["fresh", undefined]);
  }
  deepStrictEqual((await get(manager, id, "violations?window=1h")).series[0].labels, { host: "b" });
  const told = ["ok", "ok", "unknown", "forgotten"];
  deepStrictEqual(await kinds(manager, id), told);
  match((await get(manager, id, "events")).items[0].reason, /^no sample since .*; it counts no more until/);

  // Through a source that fails, a start and an edit it stays so, and nothing is told of it twice.
  manager.source.down = true;
  await manager.run(MINUTE);
  strictEqual((await get(manager, id, "status")).series.length, 1);
  manager.source.down = false;
  await manager.run(MINUTE);
  await using restarted = Object.assign(
    openSlaManager({ store: manager.store, clock: manager.clock, source: manager.source }),
    { known: manager.known },
  );
  await restarted.evaluator.slas.refresh();
  await restarted.run(MINUTE);
  strictEqual((await get(restarted, id, "status")).series.length, 1);
  await restarted.json("PUT", `/slas/${id}`, { name: "a", expression: "m", max: 90, target: 0.99 });
  strictEqual((await get(restarted, id, "status")).series.length, 1);
  strictEqual((await kinds(restarted, id)).filter((kind) => kind === "forgotten").length, 1);
});

Deno.test("a series that returns after it counted no more is part of its SLA again, its budget kept", async () => {
  await using manager = openWithVanishing();
  const id = await create(manager, { name: "a", expression: "m", max: 100, target: 0.99 });
  await manager.run(90 * MINUTE);
  strictEqual((await get(manager, id, "status")).series.length, 1);
  manager.known.backMs = manager.clock.nowMs();
  await manager.run(2 * MINUTE);
  const { state, series } = await get(manager, id, "status");
  deepStrictEqual([state, series.length], ["ok", 2]);
  deepStrictEqual((await kinds(manager, id)).slice(-2), ["forgotten", "ok"]);
  const { series: budgets } = await get(manager, id, "budget");
  const { missingMs } = budgets.find(({ labels }: { labels: { host: string } }) => labels.host === "a");
  ok(missingMs > 80 * MINUTE, `${missingMs}`);
});

Deno.test("the alert of a series that vanishes ends when it counts no more, and not before", async () => {
  await using manager = openSlaManager({
    settings: { intervalMs: 10 * MINUTE, channels: ["webhook"], choicesMax: { quick: 0, full: 0 } },
  });
  const gone = (timeMs: number) => timeMs < START_MS + MINUTE ? 200 : NaN;
  manager.source.series.set("m", [
    { labels: { pod: "a" }, valueAt: gone },
    { labels: { pod: "b" }, valueAt: (timeMs) => 5 + Math.sin(timeMs / 50_000) },
  ]);
  const id = await create(manager, { name: "a", expression: "m", max: 100 });
  await manager.run(60 * MINUTE);
  const { body } = await manager.json("GET", `/slas/${id}/status`);
  deepStrictEqual([body.state, body.series.length], ["unknown", 2]);
  strictEqual((await manager.store.outbox.peek("webhook", 9)).length, 1, "not knowing is no recovery");
  await manager.run(24 * 60 * MINUTE);
  strictEqual((await manager.json("GET", `/slas/${id}/status`)).body.state, "ok");
  const messages = await manager.store.outbox.peek("webhook", 9);
  deepStrictEqual(messages.map(({ alert }) => alert.endsAtMs === null), [true, false]);
  const { body: events } = await manager.json("GET", `/slas/${id}/events`);
  strictEqual(events.items[0].kind, "forgotten");
});

Deno.test("a series counts on without samples where no other has any, or where no data is a violation", async () => {
  await using manager = openWithVanishing({ settings: { intervalMs: 5 * MINUTE } });
  const alone = await create(manager, { name: "alone", expression: "gone", max: 100 });
  manager.source.series.set("gone", manager.source.series.get("m")!.slice(0, 1));
  const promised = await create(manager, { name: "b", expression: "m", max: 100, noData: "violated" });
  await manager.run(150 * MINUTE);
  const status = await get(manager, alone, "status");
  deepStrictEqual([status.state, status.series.length], ["unknown", 1]);
  strictEqual(status.reason, "no sample since 2026-01-01 00:06:00 UTC, for longer than 3m");
  deepStrictEqual((await get(manager, promised, "status")).state, "violated");
});

Deno.test("of a series without samples nothing is predicted, as if some were to come", async () => {
  await using manager = openWithVanishing();
  const id = await create(manager, { name: "a", expression: "m", max: 100 });
  await manager.run(20 * MINUTE);
  for (const query of ["", "?horizon=3m", "?horizon=5m"]) {
    const { state, reason, series } = await get(manager, id, `prediction${query}`);
    strictEqual(state, "fresh");
    const why = "the newest sample is from 2026-01-01 00:06:00 UTC, too old to predict from";
    strictEqual(reason, `{host="a"}, one of 2 series, has no fresh prediction: ${why}`, query);
    deepStrictEqual(series.map((one: Record<string, string>) => [one.state, one.reason]), [
      ["fresh", undefined],
      ["unknown", why],
    ]);
  }
});

Deno.test("those that count no more make room for new ones", async () => {
  await using manager = openSlaManager({ settings: { seriesMax: 3, intervalMs: 5 * MINUTE } });
  // Every 70 minutes two pods follow two others.
  const pods = Array.from({ length: 8 }, (_, n) => ({
    labels: { pod: `${n}` },
    valueAt: (timeMs: number) =>
      Math.floor((timeMs - START_MS) / (70 * MINUTE)) === Math.floor(n / 2) ? 1 : NaN,
  }));
  manager.source.series.set("m", pods);
  const id = await create(manager, { name: "a", expression: "m", max: 100 });
  const counted: string[][] = [];
  for (let turn = 0; turn < 4; turn++) {
    await manager.run(65 * MINUTE);
    const { series } = await get(Object.assign(manager, { known: { backMs: 0 } }), id, "status");
    counted.push(
      series.filter(({ state }: { state: string }) => state === "ok")
        .map(({ labels }: { labels: { pod: string } }) => labels.pod).sort(),
    );
    await manager.run(5 * MINUTE);
  }
  deepStrictEqual(counted[0], ["0", "1"]);
  ok(counted.every((pods) => pods.length > 0), JSON.stringify(counted));
});

Deno.test("a series whose silence is a violation is violated within any horizon, and so is its SLA", async () => {
  await using manager = openWithVanishing();
  const id = await create(manager, { name: "a", expression: "m", max: 100, noData: "violated" });
  await manager.run(7 * MINUTE);
  deepStrictEqual((await get(manager, id, "status")).state, "ok");
  deepStrictEqual((await get(manager, id, "prediction")).probability, 0);
  await manager.run(13 * MINUTE);
  const { state, reason: why, series: [{ probability }] } = await get(manager, id, "status");
  deepStrictEqual([state, probability], ["violated", 1]);
  for (const [query, steps] of [["", 40], ["?horizon=3m", 12], ["?horizon=1h", 240]]) {
    const prediction = await get(manager, id, `prediction${query}`);
    const { byStep, bound, timeToBreachMs, reason, series } = prediction;
    deepStrictEqual([prediction.state, prediction.probability, bound], ["fresh", 1, null]);
    deepStrictEqual([byStep.length, byStep[0], timeToBreachMs], [steps, 1, { p10: 0, p50: 0, p90: 0 }]);
    strictEqual(reason, `violated already: ${why}`);
    match(why, /^no sample since 2026-01-01 00:06:00 UTC, for longer than 3m; no data means violated here/);
    deepStrictEqual(series.map((one: Record<string, unknown>) => [one.labels, one.probability]), [
      [{ host: "a" }, 1],
      [{ host: "b" }, 0],
    ]);
  }
  const { series } = await get(manager, id, "samples?window=1h");
  deepStrictEqual(
    series.map(({ labels, forecast }: Record<string, unknown>) => [labels, forecast !== undefined]),
    [[{ host: "a" }, false], [{ host: "b" }, true]],
  );
  // While nobody answers or judges it is as unknown as the state.
  await manager.clock.advance(10 * MINUTE);
  deepStrictEqual((await get(manager, id, "status")).state, "unknown");
  deepStrictEqual((await get(manager, id, "prediction")).probability, null);
  manager.known.backMs = START_MS + 29 * MINUTE;
  await manager.run(2 * MINUTE);
  deepStrictEqual((await get(manager, id, "status")).state, "ok");
  deepStrictEqual((await get(manager, id, "prediction")).probability, 0);
});
