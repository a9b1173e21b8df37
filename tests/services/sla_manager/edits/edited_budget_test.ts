import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { SlaEvent } from "../../../../services/shared/domain/sla/sla_event.ts";
import { create, openSlaManager, START_MS } from "../../../support/sla_manager.ts";

const MINUTE = 60_000;

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

Deno.test("a burn-rate alert that an edit ends is not told as a budget that burns no longer", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0 } });
  manager.source.series.set("m", [{ labels: {}, valueAt: () => 4 }]);
  const draft = { name: "a", expression: "m", max: 3, target: 0.98, budgetWindow: "1h" };
  const id = await create(manager, draft);
  while (await manager.evaluator.backfill(id));
  await manager.run(MINUTE);
  const edits = [
    // The accounting goes on, and so does what burns by it.
    { ...draft, warnMax: 2, noData: "ok" },
    { ...draft, name: "b", max: 2.5 },
    { ...draft, name: "c", max: 2.5, target: null },
  ];
  for (const edit of edits) {
    strictEqual((await manager.json("PUT", `/slas/${id}`, edit)).status, 200);
    while (await manager.evaluator.backfill(id));
    await manager.run(MINUTE);
  }
  const { body: { items } } = await manager.json("GET", `/slas/${id}/events?limit=100`);
  const ended = items.filter(({ to, from }: SlaEvent) => to === "resolved" && from === "14.4x-1h");
  deepStrictEqual(ended.map(({ reason }: SlaEvent) => reason).reverse(), [
    "the definition changed: what was counted before it is not what is counted now",
    "no target is given any more",
  ]);
});
