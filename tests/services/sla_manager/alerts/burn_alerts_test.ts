import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { create, openSlaManager, START_MS } from "../../../support/sla_manager.ts";

const MINUTE_MS = 60_000;

Deno.test("a burn alert of a young SLA says what was spent, as the budget beside it does", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0, channels: ["webhook"] } });
  // Nothing before START_MS, and out of bounds ever since.
  manager.source.series.set("m", [{ labels: {}, valueAt: (timeMs) => timeMs < START_MS ? NaN : 3 }]);
  const id = await create(manager, { name: "a", expression: "m", max: 2, target: 0.99, budgetWindow: "1h" });
  while (await manager.evaluator.backfill(id));
  const budget = async () => (await manager.json("GET", `/slas/${id}/budget`)).body;
  await manager.run(8 * MINUTE_MS);
  deepStrictEqual((await budget()).burnAlerts, [], "8 min of an hour are 13.75 times what it allows");
  await manager.run(MINUTE_MS);
  const { burnAlerts, burnRates, spentRates, judgedShares } = await budget();
  const reason = "the error budget burns at least 14.4 times as fast as the target allows over 1h and 5m: " +
    "8m45s of the last 1h were bad, 36s are allowed; only 8m45s of it were judged";
  deepStrictEqual(burnAlerts, [{ rule: "14.4x-1h", sinceMs: START_MS + 8.75 * MINUTE_MS, reason }]);
  ok(judgedShares["1h"] < 0.5 && burnRates["1h"] > 99 && spentRates["1h"] >= 14.4 && spentRates["1h"] < 16);
  const { body: { items } } = await manager.json("GET", `/slas/${id}/events`);
  strictEqual(items.find(({ kind }: { kind: string }) => kind === "burn_rate").reason, reason);
  const told = await manager.store.outbox.peek("webhook", 10);
  strictEqual(told.at(-1)?.alert.annotations.summary, `SLA a: ${reason}`);
});

Deno.test("an SLA warns of another burn alert beside one that is active while a longer past is read in", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0 } });
  manager.source.series.set("m", [{
    labels: {},
    valueAt: (timeMs) => timeMs > START_MS - 10 * MINUTE_MS ? 3 : 1,
  }]);
  const draft = { name: "a", expression: "m", max: 2, target: 0.99, budgetWindow: "6h" };
  const id = await create(manager, draft);
  while (await manager.evaluator.backfill(id));
  await manager.run(MINUTE_MS);
  const told = async () => {
    const { body: { warnings } } = await manager.json("GET", `/slas/${id}`);
    const { body: { burnAlerts } } = await manager.json("GET", `/slas/${id}/budget`);
    return [warnings, burnAlerts.map(({ rule }: { rule: string }) => rule)];
  };
  deepStrictEqual(await told(), [[], ["14.4x-1h"]]);
  await manager.json("PUT", `/slas/${id}`, { ...draft, budgetWindow: "30d" });
  await manager.run(20 * MINUTE_MS);
  const warning =
    "Another burn alert (page) begins at once: the error budget burns at least 6 times as fast as " +
    "the target allows over 6h and 30m: 31m of the last 6h were bad, 3m36s are allowed.";
  deepStrictEqual(await told(), [[warning], ["14.4x-1h"]]);
  while (await manager.evaluator.backfill(id));
  await manager.run(MINUTE_MS / 2);
  deepStrictEqual(await told(), [[], ["14.4x-1h", "6x-6h"]], "it was true");
});

Deno.test("a burn alert ends with the definition it was counted by, and begins anew where the next one burns", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0 } });
  manager.source.series.set("m", [{ labels: {}, valueAt: () => 3 }]);
  const draft = { name: "a", expression: "m", max: 2, target: 0.99, budgetWindow: "1h" };
  const id = await create(manager, draft);
  const budget = async () => (await manager.json("GET", `/slas/${id}/budget`)).body;
  const backfill = async () => {
    while (await manager.evaluator.backfill(id));
    await manager.run(MINUTE_MS);
  };
  await backfill();
  const [before] = (await budget()).burnAlerts;
  ok(before.reason.includes("were bad"));

  strictEqual((await manager.json("PUT", `/slas/${id}`, { ...draft, max: 10 })).status, 200);
  deepStrictEqual((await budget()).burnAlerts, [], "nothing was bad by the new bounds");
  await backfill();
  deepStrictEqual((await budget()).burnAlerts, []);

  strictEqual((await manager.json("PUT", `/slas/${id}`, { ...draft, max: 1 })).status, 200);
  await backfill();
  const [after] = (await budget()).burnAlerts;
  ok(after.sinceMs > before.sinceMs);
});
