import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { openSqlSlaStore } from "../../../services/shared/adapters/slas/sql_sla_store.ts";
import { openSqliteConnection } from "../../../services/shared/adapters/sqlite/sqlite_connection.ts";
import { DomainError } from "../../../services/shared/domain/errors.ts";
import type { SlaStore } from "../../../services/shared/ports/sla_store.ts";
import { createLocalMaths, type Maths } from "../../../services/sla_manager/prediction/maths.ts";
import { create, openSlaManager, START_MS } from "../../support/sla_manager.ts";

const MINUTE = 60_000;

Deno.test("a store that is away for a while loses nothing and counts nothing twice", async () => {
  const inner = openSqlSlaStore(openSqliteConnection({ path: ":memory:" }));
  let away = false;
  let answerLost = false;
  const unavailable = new DomainError("unavailable", "Cannot reach the database");
  const store: SlaStore = {
    ...inner,
    progress: {
      ...inner.progress,
      load: async (...args) => away ? await Promise.reject(unavailable) : await inner.progress.load(...args),
      commit: async (steps) => {
        if (away) throw unavailable;
        const results = await inner.progress.commit(steps);
        if (!answerLost) return results;
        answerLost = false;
        throw unavailable;
      },
    },
  };
  await using manager = openSlaManager({ store, settings: { settleMs: 0 } });
  const valueAt = (timeMs: number) =>
    timeMs >= START_MS + 5 * MINUTE && timeMs < START_MS + 10 * MINUTE ? 200 : 5;
  manager.source.series.set("m", [{ labels: {}, valueAt }]);
  const id = await create(manager, { name: "a", expression: "m", max: 100 });
  await manager.run(2 * MINUTE);
  away = true;
  await manager.run(6 * MINUTE);
  strictEqual(
    (await manager.json("GET", `/slas/${id}/status`)).body.state,
    "violated",
    "readers see it all the same",
  );
  away = false;
  answerLost = true;
  await manager.run(10 * MINUTE);
  const { body: { items } } = await manager.json("GET", `/slas/${id}/events`);
  deepStrictEqual(
    items.map(({ to, atMs }: { to: string; atMs: number }) => [to, (atMs - START_MS) / MINUTE]).reverse()
      .slice(1),
    [["violated", 5], ["ok", 10]],
  );
  const { body: budget } = await manager.json("GET", `/slas/${id}/budget`);
  strictEqual(budget.badMs, 5 * MINUTE);
  strictEqual(budget.goodMs + budget.badMs, 60 * MINUTE + 18 * MINUTE + 15_000 - 15_000);
});

Deno.test("an excursion that is open where the past meets the present is accounted", async () => {
  await using manager = openSlaManager({ settings: { settleMs: 0 } });
  const liveFromMs = START_MS + 15_000 - 3_600_000;
  manager.source.series.set("m", [{
    labels: {},
    valueAt: (timeMs) => Math.abs(timeMs - liveFromMs) < 3 * MINUTE ? 200 : 5,
  }]);
  const body = { name: "a", expression: "m", max: 100, tolerance: "10m", target: 0.9, budgetWindow: "6h" };
  const id = await create(manager, body);
  while (await manager.evaluator.backfill(id));
  const { body: budget } = await manager.json("GET", `/slas/${id}/budget`);
  deepStrictEqual([budget.backfill, budget.badMs, budget.missingMs], ["done", 0, 0]);
  strictEqual(budget.goodMs, 6 * 60 * MINUTE, "every step of six hours");
});

Deno.test("a series that can't be forecast takes no other with it", async () => {
  const local = createLocalMaths();
  const maths: Maths = {
    ...local,
    choose: async (values, options) =>
      values[0] === 7
        ? await Promise.reject(new RangeError("Cannot choose"))
        : await local.choose(values, options),
  };
  await using manager = openSlaManager({ maths });
  manager.source.series.set("m", [
    { labels: { host: "odd" }, valueAt: () => 7 },
    { labels: { host: "even" }, valueAt: () => 5 },
  ]);
  const id = await create(manager, { name: "a", expression: "m", max: 100 });
  const { series } = (await manager.json("GET", `/slas/${id}/prediction`)).body;
  deepStrictEqual(
    series.map(({ labels, state }: { labels: { host: string }; state: string }) => [labels.host, state]),
    [["even", "fresh"], ["odd", "unknown"]],
  );
  ok(manager.problems.every(({ what }) => what === "choose a forecasting method"));
});
