/** Replicas on one store: each judges its share, every one can tell of all, and no doubt about the shares harms. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { openMysqlConnection } from "../../../services/shared/adapters/mysql/mysql_connection.ts";
import { openSqlSlaStore } from "../../../services/shared/adapters/slas/sql_sla_store.ts";
import { openSqliteConnection } from "../../../services/shared/adapters/sqlite/sqlite_connection.ts";
import { shardOf } from "../../../services/shared/domain/shard.ts";
import type { ShardOwnership } from "../../../services/shared/ports/shard_ownership.ts";
import type { SlaStore } from "../../../services/shared/ports/sla_store.ts";
import { createMetrics } from "../../../services/shared/runtime/metrics.ts";
import { createSla } from "../../../services/sla_manager/definitions/define.ts";
import { runDelivery } from "../../../services/sla_manager/run_delivery.ts";
import { requireUrl, serverTest } from "../../servers/server_tests.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { ALL_SHARDS, createMovingShards, EVEN_SHARDS } from "../../support/moving_shards.ts";
import { createScriptedSource } from "../../support/scripted_source.ts";
import { draftOf, openSlaManager, type SlaManagerUnderTest, START_MS } from "../../support/sla_manager.ts";
import { dropDatabasesMade, urlOf } from "../../support/sql_databases.ts";
import { until } from "../../support/until.ts";

const ODD_SHARDS = new Set([...ALL_SHARDS].filter((shard) => !EVEN_SHARDS.has(shard)));
const IDS = Array.from({ length: 4 }, (_, i) => `sla-${i}`);
const QUARTER_HOUR = 900_000;

function openMemoryStore(): SlaStore {
  return openSqlSlaStore(openSqliteConnection({ path: ":memory:" }));
}

/**
 * Replicas over one store (each by connections of its own, where there is a server) and one source whose series are
 * out of bounds five minutes in every fifteen.
 */
function openReplicas(shares: readonly ShardOwnership[], stores: readonly SlaStore[] = [openMemoryStore()]) {
  const clock = new FakeClock(START_MS);
  const source = createScriptedSource({ clock, stepMs: 15_000 });
  source.series.set("load", [
    { labels: { host: "a" }, valueAt: (timeMs: number) => timeMs % 900_000 < 300_000 ? 2 : 0 },
    { labels: { host: "b" }, valueAt: (timeMs: number) => timeMs % 900_000 < 60_000 ? 2 : 0.5 },
  ]);
  const [store] = stores;
  const settings = { channels: ["webhook"], settleMs: 0 };
  const replicas = shares.map((shards, k) =>
    openSlaManager({ clock, source, store: stores[k % stores.length], shards, settings })
  );
  return {
    clock,
    store,
    replicas,
    async create(by: (id: string) => SlaManagerUnderTest) {
      for (const id of IDS) {
        const draft = draftOf({ name: id, expression: "load", max: 1, target: 0.9, tolerance: "30s" });
        await createSla(by(id).evaluator, draft, { id });
      }
      for (const { evaluator } of replicas) await evaluator.slas.refresh();
    },
    /** All replicas at once, every half minute. */
    async run(durationMs: number) {
      for (let passedMs = 0; passedMs < durationMs; passedMs += 30_000) {
        await clock.advance(30_000);
        await Promise.all(replicas.map(({ evaluator }) => evaluator.evaluateAll()));
      }
    },
    /** All that was ever stored: events, alerts to be told, and hours. */
    async stored() {
      const { items } = await store.events.list({}, { limit: 1_000 });
      const hours = await Promise.all(IDS.map(async (id) => (await store.progress.load(id, 0))!.buckets));
      const told = await store.outbox.peek("webhook", 1_000);
      return {
        events: items.map(({ id }) => id).sort(),
        told: told.map(({ id }) => id).sort(),
        hours,
      };
    },
    async [Symbol.asyncDispose]() {
      for (const { stop } of replicas) stop();
      for (const each of stores) await each[Symbol.asyncDispose]();
    },
  };
}

/** What a process without replicas stores of the same time. */
async function alone() {
  await using world = openReplicas([createMovingShards(ALL_SHARDS)]);
  await world.create(() => world.replicas[0]);
  await world.run(2 * QUARTER_HOUR);
  return await world.stored();
}

/** Two replicas that both believe in every share, as for a moment they may. */
async function requireOnce(stores: readonly SlaStore[]): Promise<void> {
  await using world = openReplicas([createMovingShards(ALL_SHARDS), createMovingShards(ALL_SHARDS)], stores);
  const [one, other] = world.replicas;
  await world.create((id) => Number(id.slice(-1)) % 2 === 0 ? one : other);
  await world.run(2 * QUARTER_HOUR);
  const [stored, wanted] = [await world.stored(), await alone()];
  ok(wanted.events.length > 10, `${wanted.events.length}`);
  deepStrictEqual(stored, wanted);
}

Deno.test("two replicas that both believe in every share store each event, message and hour once", async () => {
  await requireOnce([openMemoryStore()]);
});

for (const server of ["mariadb", "mysql"] as const) {
  serverTest(
    { uses: [server] },
    `two replicas on ${server} that both believe in every share store each event, message and hour once`,
    async () => {
      const url = urlOf(requireUrl(server), `replicas_${crypto.randomUUID().slice(0, 8)}`);
      const stores = [1, 2].map(() => openSqlSlaStore(openMysqlConnection({ url })));
      await requireOnce(stores);
      await dropDatabasesMade(requireUrl(server));
    },
  );
}

Deno.test("replicas judge their shares, tell of all, and take over where the other stopped", async () => {
  const shares = [createMovingShards(EVEN_SHARDS), createMovingShards(ODD_SHARDS)];
  await using world = openReplicas(shares);
  const [one, other] = world.replicas;
  // Whoever is asked creates, whoever owns judges.
  await world.create(() => one);
  const evens = IDS.filter((id) => EVEN_SHARDS.has(shardOf(id)));
  ok(evens.length > 0 && evens.length < IDS.length);
  await world.run(QUARTER_HOUR);
  deepStrictEqual(one.evaluator.own().map(({ sla }) => sla.id), evens);

  for (const replica of world.replicas) {
    const before = await world.stored();
    const { body } = await replica.json("GET", "/slas/status");
    deepStrictEqual(body.items.map(({ slaId }: { slaId: string }) => slaId), IDS);
    for (const { evaluationAgeMs, state, series } of body.items) {
      ok(evaluationAgeMs <= 30_000 && state !== "unknown", `${state}, ${evaluationAgeMs} ms old`);
      strictEqual(series.length, 2);
    }
    deepStrictEqual(await world.stored(), before, "a look stores nothing");
  }
  for (const path of ["status", "prediction", "budget", "violations"]) {
    for (const id of IDS) {
      const [a, b] = await Promise.all([one, other].map((each) => each.json("GET", `/slas/${id}/${path}`)));
      deepStrictEqual(a.body, b.body, `${path} of ${id}`);
    }
  }

  shares[0].move(new Set());
  shares[1].move(ALL_SHARDS);
  await world.run(QUARTER_HOUR);
  deepStrictEqual(await world.stored(), await alone());
});

Deno.test("a replica finds at once what another created, and ends the alerts of what it deletes", async () => {
  await using world = openReplicas([createMovingShards(ALL_SHARDS), createMovingShards(new Set())]);
  const [owner, other] = world.replicas;
  const draft = { name: "new", expression: "load", max: 1 };
  const { body: { id } } = await owner.json("POST", "/slas", draft);
  strictEqual((await other.json("GET", `/slas/${id}/status`)).body.slaId, id);
  strictEqual((await other.json("GET", "/slas/none/status")).status, 404);
  await world.run(QUARTER_HOUR);
  const begun = (await world.store.outbox.peek("webhook", 100)).length;
  ok(begun > 0);
  const active = [...owner.evaluator.slas.find(id)!.series.values()]
    .flatMap(({ progress }) => Object.values(progress.alerts)).length;
  ok(active > 0, "an alert is active");
  strictEqual((await other.json("DELETE", `/slas/${id}`)).status, 204);
  strictEqual((await world.store.outbox.peek("webhook", 100)).length, begun + active);
});

Deno.test("what another replica stores reaches the feed of events within seconds", async () => {
  await using world = openReplicas([createMovingShards(ALL_SHARDS), createMovingShards(new Set())]);
  const [owner, other] = world.replicas;
  await world.create(() => owner);
  const response = await other.app.request("/slas/events/stream");
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  ok((await reader.read()).value?.startsWith(": still here"));
  const before = (await world.stored()).events.length;
  await world.run(QUARTER_HOUR);
  ok((await world.stored()).events.length > before);
  let text = "";
  while (!text.includes("event: ")) {
    await world.clock.advance(3_000);
    text += (await reader.read()).value ?? "";
  }
  await reader.cancel();
});

Deno.test("of two replicas one tells a channel, each message once, and the other from where that one stopped", async () => {
  const shares = [createMovingShards(ALL_SHARDS), createMovingShards(new Set())];
  await using world = openReplicas(shares);
  const told: string[][] = [[], []];
  const stop = new AbortController();
  const delivering = world.replicas.map(({ evaluator, clock, feed }, k) =>
    runDelivery({
      evaluator,
      clock,
      feed,
      metrics: createMetrics(),
      signal: stop.signal,
      onProblem: ({ error }) => {
        throw error;
      },
      notifier: {
        channel: "webhook",
        batchMax: 10,
        repeatMs: null,
        send: (messages) => {
          told[k].push(...messages.map(({ id }) => id));
          return Promise.resolve();
        },
      },
    })
  );
  await world.create(() => world.replicas[0]);
  await world.run(QUARTER_HOUR);
  await untilTold();
  const first = told[0].length;
  ok(first > 0);
  deepStrictEqual(told[1], []);
  shares[0].move(new Set());
  shares[1].move(ALL_SHARDS);
  await world.run(QUARTER_HOUR);
  await untilTold();
  deepStrictEqual([told[0].length, told[1].length > 0], [first, true]);
  strictEqual(new Set(told.flat()).size, told.flat().length);
  stop.abort();
  await Promise.all(delivering);

  async function untilTold(): Promise<void> {
    await until(async () => {
      await world.clock.advance(1_000);
      return (await world.store.outbox.peek("webhook", 1)).length === 0;
    }, "an empty outbox");
  }
});

Deno.test("why nothing can be predicted of a young series is told alike by replicas, and after a restart", async () => {
  await using world = openReplicas([createMovingShards(ALL_SHARDS), createMovingShards(new Set())]);
  const [owner, other] = world.replicas;
  const valueAt = (timeMs: number) => timeMs < START_MS - 300_000 ? NaN : timeMs % 7;
  owner.source.series.set("young", [{ labels: {}, valueAt }]);
  const { body: { id } } = await owner.json("POST", "/slas", { name: "y", expression: "young", max: 9 });
  await owner.evaluator.slas.exclusively(id, () => owner.evaluator.slas.reload(id));
  await world.run(30_000);
  const [first, second] = await Promise.all(
    [owner, other].map(async (replica) => (await replica.json("GET", `/slas/${id}/prediction`)).body),
  );
  match(
    first.reason,
    /^only 23 samples so far: 40, one each 15s, are needed to look 10m ahead, which is about .* UTC; now \w+ can be asked for$/,
  );
  deepStrictEqual(first.lacking, { found: 23, needed: 40 });
  deepStrictEqual([second.reason, second.lacking], [first.reason, first.lacking]);
});
