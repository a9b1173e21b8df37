import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { openSqlSlaStore } from "../../../services/shared/adapters/slas/sql_sla_store.ts";
import { openSqliteConnection } from "../../../services/shared/adapters/sqlite/sqlite_connection.ts";
import { DomainError } from "../../../services/shared/domain/errors.ts";
import type { SlaStore } from "../../../services/shared/ports/sla_store.ts";
import { createLocalMaths } from "../../../services/sla_manager/prediction/maths.ts";
import { openSlaManager, START_MS } from "../../support/sla_manager.ts";

const STEP_MS = 15_000;
const HOUR_MS = 3_600_000;

const VALUES: Readonly<Record<string, (timeMs: number) => number>> = {
  a: (timeMs) => (timeMs / STEP_MS) % 10,
  b: (timeMs) => (timeMs / STEP_MS) % 7,
};

/** What may be asked of an SLA at any time. */
const deed = fc.oneof(
  fc.record({ what: fc.constant("put" as const), expression: fc.constantFrom("a", "b"), max: fc.nat(9) }),
  fc.constantFrom("evaluate all", "evaluate", "backfill", "choose", "refresh", "time", "wait")
    .map((what) => ({ what })),
);

/** How the store answers, call by call: as it should, not at all, or so that the answer is lost. */
const trouble = fc.array(fc.constantFrom("none", "none", "none", "none", "refused", "lost"), {
  minLength: 40,
});

Deno.test("whatever is asked at once of an SLA and of a shaky store, every step is accounted once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 25 }), trouble, async (deeds, troubles) => {
      const inner = openSqlSlaStore(openSqliteConnection({ path: ":memory:" }));
      let shaky = false;
      let calls = 0;
      const shake =
        <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
        async (...args: Args): Promise<Result> => {
          const answer = shaky ? troubles[calls++ % troubles.length] : "none";
          const unavailable = new DomainError("unavailable", "Cannot reach the database");
          if (answer === "refused") throw unavailable;
          const result = await call(...args);
          if (answer === "lost") throw unavailable;
          return result;
        };
      const { progress, definitions } = inner;
      const store: SlaStore = {
        ...inner,
        definitions: { ...definitions, save: shake(definitions.save), read: shake(definitions.read) },
        progress: {
          ...progress,
          load: shake(progress.load),
          commit: shake(progress.commit),
          saveModels: shake(progress.saveModels),
        },
      };
      await using manager = openSlaManager({ store, maths: createLocalMaths(), settings: { settleMs: 0 } });
      const { evaluator, clock } = manager;
      for (const [name, valueAt] of Object.entries(VALUES)) {
        manager.source.series.set(name, [{ labels: { name }, valueAt }]);
      }
      const draft = { name: "sla", expression: "a", max: 5, target: 0.9, budgetWindow: "2h" };
      const { body: { id } } = await manager.json("POST", "/slas", draft);

      shaky = true;
      const pending: Promise<unknown>[] = [];
      for (const one of deeds) {
        if (one.what === "put") {
          pending.push(
            manager.json("PUT", `/slas/${id}`, { ...draft, expression: one.expression, max: one.max }),
          );
        }
        if (one.what === "evaluate all") pending.push(evaluator.evaluateAll());
        if (one.what === "evaluate") pending.push(evaluator.evaluate(id));
        if (one.what === "backfill") pending.push(evaluator.backfill(id));
        if (one.what === "choose") pending.push(evaluator.choose(id));
        if (one.what === "refresh") pending.push(evaluator.slas.refresh());
        if (one.what === "time") await clock.advance(45_000);
        if (one.what === "wait") await Promise.allSettled(pending);
      }
      const outcomes = await Promise.allSettled(pending);
      for (const outcome of outcomes) {
        if (outcome.status === "rejected") {
          ok(outcome.reason instanceof DomainError, `${outcome.reason?.stack}`);
        } else if (typeof outcome.value === "object" && outcome.value !== null && "status" in outcome.value) {
          ok([200, 503, 412].includes(Number(outcome.value.status)), JSON.stringify(outcome.value));
        }
      }
      shaky = false;
      await evaluator.slas.refresh();
      for (let round = 0; round < 3; round++) await evaluator.evaluateAll();
      while (await evaluator.backfill(id));

      const { sla, version, progress: held, series } = evaluator.slas.require(id);
      const stored = (await inner.progress.load(id, 0))!;
      deepStrictEqual([sla, version], [await inner.definitions.read(id), stored.version]);
      deepStrictEqual(held, stored.progress);
      const [[seriesId, one]] = [...series].filter(([, { progress }]) =>
        progress.labels.name === sla.expression
      );
      const [own] = stored.series.filter((progress) => progress.seriesId === seriesId);
      deepStrictEqual(one.progress, own);
      const sums = one.totals.sum(START_MS - 24 * HOUR_MS, START_MS + 24 * HOUR_MS);
      const buckets = stored.buckets.filter((bucket) => bucket.seriesId === seriesId);
      strictEqual(sums.badMs, buckets.reduce((sum, { badMs }) => sum + badMs, 0));
      strictEqual(sums.goodMs, buckets.reduce((sum, { goodMs }) => sum + goodMs, 0));
      let badMs = 0;
      for (let atMs = held!.backfill.fromMs; atMs < own.account.toMs; atMs += STEP_MS) {
        if (VALUES[sla.expression](atMs) > sla.max!) badMs += STEP_MS;
      }
      deepStrictEqual(sums, {
        goodMs: own.account.toMs - held!.backfill.fromMs - badMs,
        badMs,
        missingMs: 0,
      });
    }),
    { seed: 1, numRuns: 15 },
  );
});
