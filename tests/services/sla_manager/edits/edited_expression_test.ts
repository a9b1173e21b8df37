import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { readForecaster } from "@pronoia/analytics";
import { seriesId } from "../../../../services/shared/domain/labels.ts";
import { createLocalMaths, type Maths } from "../../../../services/sla_manager/prediction/maths.ts";
import { create, openSlaManager } from "../../../support/sla_manager.ts";

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
