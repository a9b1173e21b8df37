import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { openKafkaBus } from "../../../../../services/shared/adapters/kafka/kafka_bus.ts";
import { SESSION_TIMEOUT_MS } from "../../../../../services/shared/adapters/kafka/kafka_member.ts";
import { openKafkaShards } from "../../../../../services/shared/adapters/kafka/kafka_shards.ts";
import { SHARDS } from "../../../../../services/shared/domain/shard.ts";
import type { ShardOwnership } from "../../../../../services/shared/ports/shard_ownership.ts";
import { testShardOwnership } from "../../../../contracts/shard_ownership.ts";
import { openKafka } from "../../../../servers/kafka.ts";
import { requireUrl, serverTest } from "../../../../servers/server_tests.ts";
import { startProcess } from "../../../../support/process.ts";
import { until } from "../../../../support/until.ts";

const open = (group: string, topic?: string) =>
  openKafkaShards({ brokers: [requireUrl("kafka")], topic, group });

testShardOwnership("KafkaShards", {
  open: () => open(crypto.randomUUID()),
  test: (name, body) => serverTest({ uses: ["kafka"] }, name, body),
});

serverTest(
  { uses: ["kafka"] },
  "KafkaShards shares out anew when one joins, leaves or falls silent, and no two that hear it own the same",
  async (t) => {
    const group = crypto.randomUUID();
    await using watch = createWatch();
    await using first = watch.add(open(group));
    await until(() => first.owned().size === SHARDS);
    const second = watch.add(open(group));

    await t.step("joined: half each, within a few seconds", async () => {
      const startMs = performance.now();
      await settled([first, second]);
      strictEqual(first.owned().size, SHARDS / 2);
      ok(performance.now() - startMs < SESSION_TIMEOUT_MS, "no session had to end first");
    });

    const third = startReplica(requireUrl("kafka"), group);
    await using _process = third.process;
    await t.step("a third, another process", async () => {
      await until(() => third.owned().size > 0, "the third's share");
      await until(() => first.owned().size + second.owned().size + third.owned().size === SHARDS);
      watch.requireDisjoint([first.owned(), second.owned(), third.owned()]);
      deepStrictEqual([first, second, third].map((each) => each.owned().size).sort(), [21, 21, 22]);
    });

    await t.step(
      "it is paused, which to the others is a crash: they have all soon after its session",
      async () => {
        third.process.kill("SIGSTOP");
        const startMs = performance.now();
        await settled([first, second]);
        // 15 s is what the port promises; twice the session is far less than Kafka's own.
        ok(
          performance.now() - startMs < 2 * SESSION_TIMEOUT_MS,
          `moved after ${performance.now() - startMs} ms`,
        );
        // It could not hear that.
        ok(third.owned().size > 20);
      },
    );

    await t.step("it goes on: it gives up at once and is given a share anew", async () => {
      const before = third.changes();
      third.process.kill("SIGCONT");
      const startMs = performance.now();
      await until(() => third.changes() > before, "giving up");
      ok(performance.now() - startMs < SESSION_TIMEOUT_MS, `gave up after ${performance.now() - startMs} ms`);
      await until(() =>
        third.owned().size > 0 &&
        first.owned().size + second.owned().size + third.owned().size === SHARDS
      );
      third.process.kill("SIGTERM");
      await third.process.exit();
    });

    await t.step("all but the first have ended: it has all within seconds, not after a session", async () => {
      const startMs = performance.now();
      await second[Symbol.asyncDispose]();
      await until(() => first.owned().size === SHARDS);
      ok(performance.now() - startMs < SESSION_TIMEOUT_MS);
    });
    watch.requireNoOverlap();
  },
);

serverTest(
  { starts: ["kafka"] },
  "KafkaShards keeps what it was told while its broker is away, says so, and goes on after it",
  async () => {
    await using kafka = await openKafka();
    await using shards = openKafkaShards({ brokers: [kafka.brokers], group: "g" });
    await until(() => shards.owned().size === SHARDS);
    await kafka.stop("SIGKILL");
    const startMs = performance.now();
    await until(() => shards.ping().then(() => false, () => true), "a ping that fails");
    ok(performance.now() - startMs < SESSION_TIMEOUT_MS, `noticed after ${performance.now() - startMs} ms`);
    strictEqual(shards.owned().size, SHARDS);
    await kafka.start();
    await until(() => shards.ping().then(() => true, () => false), "a ping that succeeds");
    await until(() => shards.owned().size === SHARDS, "the share after the broker's return");
  },
);

serverTest({ uses: ["kafka"] }, "KafkaShards refuses a topic of another size and says so", async () => {
  const topic = `test.${crypto.randomUUID()}`;
  await using bus = openKafkaBus({ brokers: [requireUrl("kafka")], partitions: 3, topics: [topic] });
  await bus.ping();
  await using shards = open("g", topic);
  await until(() =>
    shards.ping().then(() => false, ({ message }) => message.includes("must have 64 partitions: found 3"))
  );
  strictEqual(shards.owned().size, 0);
});

Deno.test("KafkaShards waits for brokers that are away, and ends", async () => {
  const shards = openKafkaShards({ brokers: ["127.0.0.1:1"], group: "g" });
  await rejects(shards.ping(), { name: "DomainError", code: "unavailable" });
  await shards[Symbol.asyncDispose]();
});

/** A replica as a process of its own. */
function startReplica(brokers: string, group: string) {
  const process = startProcess([import.meta.resolve("./shards_replica.ts"), brokers, group], {});
  const lines = () =>
    process.output().split("\n").slice(0, -1).filter((line) => line.startsWith("["))
      .map((line): number[] => JSON.parse(line));
  return {
    process,
    owned: (): ReadonlySet<number> => new Set(lines().at(-1) ?? []),
    changes: () => lines().length,
  };
}

async function settled(replicas: readonly ShardOwnership[]): Promise<void> {
  await until(() => {
    const sizes = replicas.map((each) => each.owned().size);
    return sizes.reduce((sum, size) => sum + size, 0) === SHARDS && Math.min(...sizes) > 0;
  }, "a settled group");
}

/** Looks after every change whether two own the same shard. */
function createWatch() {
  const replicas: ShardOwnership[] = [];
  const overlaps: string[] = [];
  const stop = new AbortController();
  const watching: Promise<void>[] = [];
  const requireDisjoint = (shares: readonly ReadonlySet<number>[]) => {
    const all = shares.flatMap((share) => [...share]);
    if (new Set(all).size < all.length) overlaps.push(JSON.stringify(shares.map((share) => [...share])));
  };
  return {
    add(replica: ShardOwnership): ShardOwnership {
      replicas.push(replica);
      watching.push((async () => {
        while (!stop.signal.aborted) {
          await replica.changed(stop.signal);
          requireDisjoint(replicas.map((each) => each.owned()));
        }
      })());
      return replica;
    },
    requireDisjoint,
    requireNoOverlap: () => deepStrictEqual(overlaps, []),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await Promise.all(watching);
    },
  };
}
