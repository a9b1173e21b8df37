import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { openSlaManager, START_MS } from "../../../support/sla_manager.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

Deno.test("answerBudget() tells how far back it knows, which without a target is the first look alone", async () => {
  await using manager = openSlaManager({ settings: { intervalMs: 600_000 } });
  manager.source.series.set("m", [{ labels: {}, valueAt: () => 0 }]);
  const create = async (draft: object) =>
    (await manager.json("POST", "/slas", { expression: "m", max: 1, ...draft })).body.id;
  const reach = async (id: string) => {
    const { backfill, judgedFromMs, toMs, goodMs } = (await manager.json("GET", `/slas/${id}/budget`)).body;
    strictEqual(goodMs, toMs - judgedFromMs);
    const history = (await manager.json("GET", `/slas/${id}/budget/history`)).body;
    deepStrictEqual([history.backfill, history.judgedFromMs], [backfill, judgedFromMs]);
    return { backfill, hours: (toMs - judgedFromMs) / HOUR_MS };
  };
  const budgetWindow = "6h";
  const without = await create({ name: "none", budgetWindow });
  deepStrictEqual(await reach(without), { backfill: "none", hours: 1 });
  const short = await create({ name: "short", budgetWindow: "1h" });
  deepStrictEqual(await reach(short), { backfill: "done", hours: 1 });
  const target = await create({ name: "target", budgetWindow, target: 0.99 });
  deepStrictEqual(await reach(target), { backfill: "pending", hours: 1 });
  while (await manager.evaluator.backfill(target));
  const { backfill, hours } = await reach(target);
  ok(backfill === "done" && hours > 5.9 && hours <= 6, `${backfill}, ${hours} h`);

  await manager.run(6 * HOUR_MS);
  strictEqual((await reach(without)).backfill, "done");
});

Deno.test("answerBudget() gives no number of the whole window while its past is counted", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{
    labels: {},
    valueAt: (timeMs) => timeMs < START_MS - 2 * HOUR_MS ? 9 : 0,
  }]);
  const { body: { id } } = await manager.json("POST", "/slas", {
    name: "a",
    expression: "m",
    max: 1,
    target: 0.99,
    budgetWindow: "30d",
  });
  const budgets = async () => {
    const { body: budget } = await manager.json("GET", `/slas/${id}/budget`);
    const { body: history } = await manager.json("GET", `/slas/${id}/budget/history`);
    strictEqual(history.reason, budget.reason);
    return { ...budget, left: history.remaining, projected: history.projected };
  };
  const reasons: string[] = [];
  do {
    const found = await budgets();
    reasons.push(found.reason);
    deepStrictEqual(
      [
        found.backfill,
        found.compliance,
        found.consumed,
        found.remaining,
        found.exhaustedInMs,
        found.projected,
      ],
      ["pending", null, null, null, null, null],
    );
    deepStrictEqual([found.series[0].remaining, new Set(found.left)], [null, new Set([null])]);
    strictEqual(found.burnRates["1h"], 0, "what was judged as it happened is known");
    await manager.evaluator.backfill(id);
  } while (manager.evaluator.slas.require(id).progress?.backfill.done === false);
  ok(reasons.length > 2, `${reasons}`);
  strictEqual(reasons[0], "the past is still to be counted");
  ok(/^the past is being counted: \S+ of \S+ so far$/.test(reasons[1]), reasons[1]);
  const { backfill, remaining, reason, left } = await budgets();
  deepStrictEqual([backfill, reason, left.at(-1)], ["done", undefined, remaining]);
  ok(remaining < -90, `${remaining}`);
});

Deno.test("answerBudget() says that judging began with the first sample", async () => {
  await using manager = openSlaManager({ stepMs: 5_000, settings: { settleMs: 0, intervalMs: HOUR_MS } });
  const firstMs = START_MS - 11 * MINUTE_MS;
  manager.source.series.set("m", [
    { labels: { name: "late" }, valueAt: (timeMs) => timeMs < firstMs + MINUTE_MS ? NaN : 0 },
    { labels: { name: "first" }, valueAt: (timeMs) => timeMs < firstMs ? NaN : timeMs >= START_MS ? 9 : 0 },
  ]);
  const body = { expression: "m", max: 1, tolerance: "10m" };
  const ids = await Promise.all(
    [{ name: "a", target: 0.99, budgetWindow: "30d" }, { name: "b" }, { name: "c", budgetWindow: "1h" }].map(
      async (more) => (await manager.json("POST", "/slas", { ...body, ...more })).body.id as string,
    ),
  );
  const judgedFrom = async (id: string) =>
    (await manager.json("GET", `/slas/${id}/budget`)).body.judgedFromMs;
  for (const id of ids) strictEqual(await judgedFrom(id), firstMs);
  while (await manager.evaluator.backfill(ids[0]));
  await manager.run(3 * HOUR_MS);
  for (const id of ids.slice(0, 2)) strictEqual(await judgedFrom(id), firstMs);
  const { body: short } = await manager.json("GET", `/slas/${ids[2]}/budget`);
  strictEqual(short.judgedFromMs, short.fromMs);
});

Deno.test("answerBudget() carries on the burn rate it shows, once half of the window was judged", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0, intervalMs: HOUR_MS } });
  const firstMs = START_MS - 2 * HOUR_MS;
  // Half of the time out of bounds: five times what a target of 0.9 allows.
  const valueAt = (timeMs: number) => timeMs < firstMs ? NaN : timeMs % (2 * MINUTE_MS) < MINUTE_MS ? 9 : 0;
  manager.source.series.set("m", [{ labels: {}, valueAt }]);
  const draft = { name: "a", expression: "m", max: 1, target: 0.9, budgetWindow: "30d" };
  const { body: { id } } = await manager.json("POST", "/slas", draft);
  while (await manager.evaluator.backfill(id));
  const budget = async () => {
    const { body } = await manager.json("GET", `/slas/${id}/budget`);
    const { body: { projected } } = await manager.json("GET", `/slas/${id}/budget/history`);
    return { ...body, projected };
  };
  const young = await budget();
  ok(young.judgedShares["6h"] < 0.5);
  deepStrictEqual([young.exhaustedInMs, young.projected], [null, null]);
  strictEqual(young.reason, "when it is used up is told once half of the last 6 h was judged");
  await manager.run(2 * HOUR_MS);
  const { judgedShares, burnRates, remaining, exhaustedInMs, projected, toMs } = await budget();
  ok(judgedShares["6h"] >= 0.5 && judgedShares["6h"] < 0.7);
  ok(Math.abs(burnRates["6h"] - 5) < 0.05, `${burnRates["6h"]}`);
  const expectedMs = remaining * 30 * 24 * HOUR_MS / burnRates["6h"];
  ok(Math.abs(exhaustedInMs - expectedMs) < 1, `${exhaustedInMs}, ${expectedMs}`);
  const { timesMs, remaining: left, ...end } = projected;
  deepStrictEqual(end, { atMs: Math.round(toMs + exhaustedInMs), burnRate: burnRates["6h"] });
  deepStrictEqual([timesMs[0], timesMs.at(-1)], [toMs, end.atMs]);
  deepStrictEqual([left[0], left.at(-1), left.length], [remaining, 0, timesMs.length]);
});

Deno.test("a budget spent steadily below what is allowed is never used up, and says why", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0 } });
  // 2 minutes of 60 where 3 are allowed.
  manager.source.series.set("m", [{
    labels: {},
    valueAt: (timeMs) => timeMs % HOUR_MS < 2 * MINUTE_MS ? 3 : 1,
  }]);
  const draft = { name: "a", expression: "m", max: 2, target: 0.95, budgetWindow: "12h" };
  const { id } = (await manager.json("POST", "/slas", draft)).body;
  while (await manager.evaluator.backfill(id));
  await manager.run(10 * MINUTE_MS);
  const { body } = await manager.json("GET", `/slas/${id}/budget`);
  const { body: history } = await manager.json("GET", `/slas/${id}/budget/history`);
  deepStrictEqual([body.exhaustedInMs, history.projected], [null, null]);
  deepStrictEqual(
    [body.reason, history.reason],
    Array(2).fill(
      "it is not used up at the rate of the last 6 h (0.67×), as old spending leaves the window",
    ),
  );
});
