import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import type { Sla } from "../../services/shared/domain/sla/sla.ts";
import type { SlaStore } from "../../services/shared/ports/sla_store.ts";
import { HOSTILE_TEXTS } from "./_hostile_texts.ts";
import { alertOf, eventOf, modelOf, SERIES, seriesOf, slaOf, stepOf } from "./_sla_values.ts";

/**
 * How a store is opened for the suite: `name` tells one database from another, so that a test may open the same
 * twice.
 */
export interface SlaStoreUnderTest {
  open(name: string): SlaStore | Promise<SlaStore>;
  /** Registers one test. */
  test(name: string, body: () => Promise<void>): void;
}

/** What SlaStore promises, whatever the engine. */
export function testSlaStore(name: string, { open, test }: SlaStoreUnderTest): void {
  async function withStore(body: (store: SlaStore) => Promise<void>): Promise<void> {
    await using store = await open(fresh());
    await body(store);
  }

  test(`${name} gives back definitions of any content, doubles bit for bit`, () =>
    withStore(async ({ definitions }) => {
      const slas = HOSTILE_TEXTS.map((text, k) =>
        slaOf(`a${String(k).padStart(3, "0")}`, {
          name: text,
          expression: text,
          labels: { [text]: text },
          max: [0.1 + 0.2, 5e-324, 1e308, 2 ** 60][k % 4],
        })
      );
      for (const sla of slas) await definitions.save(sla);
      for (const sla of slas) {
        deepStrictEqual(await definitions.read(sla.id), sla);
        deepStrictEqual(await definitions.find(sla.name), sla);
      }
      strictEqual(await definitions.find("Upper"), null);
      strictEqual(await definitions.read("absent"), null);
      const pages: Sla[] = [];
      let cursor: string | undefined;
      do {
        const page = await definitions.list({ limit: 4, cursor });
        ok(page.items.length <= 4);
        pages.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      deepStrictEqual(pages, slas);
    }));

  test(`${name} refuses a name that is taken, also when two take it at once`, () =>
    withStore(async ({ definitions }) => {
      const attempts = await Promise.allSettled(
        ["a", "b", "c"].map((id) => definitions.save(slaOf(id, { name: "same" }))),
      );
      const refused = attempts.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
      strictEqual(refused.length, 2);
      for (const { reason } of refused) strictEqual(reason.code, "conflict");
      await definitions.save(slaOf("d", { name: "other" }));
      await rejects(definitions.save(slaOf("d", { name: "same", revision: 2 })), { code: "conflict" });
      strictEqual((await definitions.find("same"))?.revision, 1);
    }));

  test(`${name} lets one of two changes of a revision win`, () =>
    withStore(async ({ definitions }) => {
      await definitions.save(slaOf("a", {}));
      const changes = await Promise.allSettled(
        [1, 2].map((max) => definitions.save(slaOf("a", { max, revision: 2 }))),
      );
      strictEqual(changes.filter(({ status }) => status === "fulfilled").length, 1);
      const [lost] = changes.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
      strictEqual(lost.reason.code, "stale");
      strictEqual((await definitions.read("a"))?.revision, 2);
      await rejects(definitions.remove("a", { revision: 1 }), { code: "stale" });
      await definitions.remove("a", { revision: 2 });
      await rejects(definitions.remove("a"), { code: "not-found" });
      await rejects(definitions.save(slaOf("a", { revision: 3 })), { code: "not-found" });
    }));

  test(`${name} stores an evaluation whole, and only on top of what it started from`, () =>
    withStore(async ({ definitions, progress, events, outbox }) => {
      await definitions.save(slaOf("a", {}));
      strictEqual(await progress.load("a", 0), null);
      const [first] = await progress.commit([stepOf("a", { version: 0, goodMs: 15_000 })]);
      deepStrictEqual([first.stored, first.events.map(({ sequence }) => sequence)], [true, [1]]);
      const repeated = await progress.commit([stepOf("a", { version: 0, goodMs: 15_000 })]);
      deepStrictEqual(repeated, [{ slaId: "a", stored: false, events: [] }]);
      const next = stepOf("a", { version: 1, goodMs: 30_000, events: [eventOf("a", 1), eventOf("a", 2)] });
      const [second] = await progress.commit([next]);
      deepStrictEqual(second.events.map(({ id }) => id), ["a:event:2"], "an event is stored once");
      const stored = await progress.load("a", 0);
      strictEqual(stored?.version, 2);
      deepStrictEqual(stored?.buckets, [
        { seriesId: SERIES, hourMs: 3_600_000, goodMs: 45_000, badMs: 0, missingMs: 0 },
      ]);
      deepStrictEqual(stored?.series, [seriesOf()]);
      strictEqual((await events.list({}, { limit: 10 })).items.length, 2);
      strictEqual((await outbox.peek("webhook", 10)).length, 1);
      deepStrictEqual((await progress.load("a", 3_600_001))?.buckets, []);
    }));

  test(`${name} drops the evaluation of an SLA that was edited or deleted meanwhile, and no other`, () =>
    withStore(async ({ definitions, progress, events }) => {
      for (const id of ["a", "b", "c"]) await definitions.save(slaOf(id, {}));
      await definitions.save(slaOf("a", { revision: 2 }));
      await definitions.remove("b");
      const steps = ["a", "b", "c"].map((id) => stepOf(id, { version: 0 }));
      const results = await progress.commit(steps);
      deepStrictEqual(results.map(({ stored }) => stored), [false, false, true]);
      deepStrictEqual((await events.list({}, { limit: 10 })).items.map(({ slaId }) => slaId), ["c"]);
      strictEqual(await progress.load("b", 0), null);
      await progress.saveModels([modelOf("b"), modelOf("c")]);
      deepStrictEqual((await progress.load("c", 0))?.models, [modelOf("c")]);
    }));

  test(`${name} forgets label sets, all hours of an earlier definition, and models of other samples`, () =>
    withStore(async ({ definitions, progress }) => {
      await definitions.save(slaOf("a", {}));
      await progress.commit([stepOf("a", { version: 0, goodMs: 5 })]);
      await progress.saveModels([modelOf("a")]);
      await progress.commit([{ ...stepOf("a", { version: 1, goodMs: 7 }), reset: true }]);
      const renewed = await progress.load("a", 0);
      deepStrictEqual([renewed?.buckets[0].goodMs, renewed?.models], [7, [modelOf("a")]]);
      await progress.commit([{ ...stepOf("a", { version: 2, goodMs: 1 }), resetModels: true }]);
      const other = await progress.load("a", 0);
      deepStrictEqual([other?.buckets[0].goodMs, other?.models], [8, []]);
      await progress.commit([{
        ...stepOf("a", { version: 3 }),
        series: [],
        buckets: [],
        forgotten: [SERIES],
      }]);
      const left = await progress.load("a", 0);
      deepStrictEqual([left?.series, left?.buckets], [[], []]);
    }));

  test(`${name} lists events newest first, follows them oldest first, and prunes the old ones`, () =>
    withStore(async ({ definitions, progress, events }) => {
      for (const id of ["a", "b"]) await definitions.save(slaOf(id, {}));
      for (let k = 0; k < 6; k++) {
        await progress.commit(
          ["a", "b"].map((id) => ({ ...stepOf(id, { version: k }), events: [eventOf(id, k)], messages: [] })),
        );
      }
      const seen: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await events.list({ slaId: "a" }, { limit: 4, cursor });
        seen.push(...page.items.map(({ atMs }) => atMs));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      deepStrictEqual(seen, [5, 4, 3, 2, 1, 0]);
      const followed = await events.list({ afterSequence: 9 }, { limit: 100 });
      deepStrictEqual(followed.items.map(({ sequence }) => sequence), [10, 11, 12]);
      const between = await events.list({ fromMs: 2, toMs: 4 }, { limit: 100 });
      deepStrictEqual(between.items.map(({ atMs }) => atMs), [3, 3, 2, 2]);
      strictEqual(await events.prune(3, 1_000), 6);
      strictEqual((await events.list({}, { limit: 100 })).items.length, 6);
    }));

  test(`${name} keeps messages in order until they are settled`, () =>
    withStore(async ({ definitions, progress, outbox }) => {
      await definitions.save(slaOf("a", {}));
      const messages = ["m1", "m2", "m3"].map((id) => ({ id, channel: "webhook", alert: alertOf("a") }));
      await progress.commit([{ ...stepOf("a", { version: 0 }), messages }]);
      await outbox.postpone("webhook", ["m1"], 5_000);
      deepStrictEqual(
        (await outbox.peek("webhook", 2)).map((
          { id, attempts, nextAttemptMs },
        ) => [id, attempts, nextAttemptMs]),
        [["m1", 1, 5_000], ["m2", 0, 0]],
      );
      deepStrictEqual((await outbox.peek("webhook", 1))[0].alert, alertOf("a"));
      deepStrictEqual(await outbox.peek("other", 2), []);
      await outbox.settle("webhook", ["m1"]);
      const farewell = [{ id: "m9", channel: "webhook", alert: alertOf("a") }];
      await definitions.remove("a", { farewell });
      deepStrictEqual((await outbox.peek("webhook", 9)).map(({ id }) => id), ["m2", "m3", "m9"]);
    }));

  test(`${name} is there after it was opened again, by two at once`, async () => {
    const database = fresh();
    {
      await using store = await open(database);
      await store.definitions.save(slaOf("a", {}));
      await store.progress.commit([stepOf("a", { version: 0, goodMs: 5 })]);
    }
    await using one = await open(database);
    await using other = await open(database);
    await Promise.all([one.ping(), other.ping()]);
    // Both evaluated from the same state: one is stored, and the hours are counted once.
    const results = await Promise.all(
      [one, other].map((store) => store.progress.commit([stepOf("a", { version: 1, goodMs: 5 })])),
    );
    strictEqual(results.flat().filter(({ stored }) => stored).length, 1);
    strictEqual((await one.progress.load("a", 0))?.buckets[0].goodMs, 10);
  });

  test(`${name} prunes hours in small batches`, () =>
    withStore(async ({ definitions, progress }) => {
      await definitions.save(slaOf("a", {}));
      const buckets = Array.from({ length: 25 }, (_, k) => ({
        seriesId: SERIES,
        hourMs: k * 3_600_000,
        goodMs: k,
        badMs: 1,
        missingMs: 2,
      }));
      await progress.commit([{ ...stepOf("a", { version: 0 }), buckets }]);
      strictEqual(await progress.prune(20 * 3_600_000, 15), 15);
      strictEqual(await progress.prune(20 * 3_600_000, 15), 5);
      strictEqual(await progress.prune(20 * 3_600_000, 15), 0);
      deepStrictEqual((await progress.load("a", 0))?.buckets, buckets.slice(20));
    }));
}

function fresh(): string {
  return `sla_contract_${crypto.randomUUID().replaceAll("-", "")}`;
}
