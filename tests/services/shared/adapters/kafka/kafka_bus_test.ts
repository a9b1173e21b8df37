import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { openKafkaBus } from "../../../../../services/shared/adapters/kafka/kafka_bus.ts";
import { testMessageBus } from "../../../../contracts/message_bus.ts";
import { openKafka } from "../../../../servers/kafka.ts";
import { requireUrl, serverTest } from "../../../../servers/server_tests.ts";
import { until } from "../../../../support/until.ts";

testMessageBus("KafkaBus", {
  open: () => openKafkaBus({ brokers: [requireUrl("kafka")], partitions: 3, topics: [] }),
  test: (name, body) => serverTest({ uses: ["kafka"] }, name, body),
});

/** For what is on its way to get where it waits: too short a time can hide a fault and never feign one. */
function passed(durationMs: number): Promise<void> {
  const startedMs = performance.now();
  return until(() => performance.now() - startedMs > durationMs);
}

const one = (text: string) => [{ key: "k", value: new TextEncoder().encode(text) }];

serverTest(
  { uses: ["kafka"] },
  "KafkaBus keeps its partition while a handler takes longer than the session",
  async () => {
    const topic = `test.${crypto.randomUUID()}`;
    await using bus = openKafkaBus({ brokers: [requireUrl("kafka")], partitions: 1, topics: [] });
    await bus.publish(topic, one("slow"));
    const stop = new AbortController();
    let deliveries = 0;
    let lost = false;
    const done = bus.subscribe(topic, async (_batch, signal) => {
      deliveries++;
      signal.addEventListener("abort", () => lost = true);
      const startedMs = performance.now();
      // Longer than the ten seconds after which a group gives a silent member up.
      await until(() => performance.now() - startedMs > 13_000);
      ok(!lost, "the partition was taken away");
    }, { group: "slow", signal: stop.signal });
    await until(async () => (await bus.lag(topic, "slow"))[0].lag === 0);
    await bus.ping();
    stop.abort();
    await done;
    strictEqual(deliveries, 1);
  },
);

serverTest({ uses: ["kafka"] }, "KafkaBus refuses at once what is too large, and goes on", async () => {
  const topic = `test.${crypto.randomUUID()}`;
  await using bus = openKafkaBus({ brokers: [requireUrl("kafka")], partitions: 1, topics: [] });
  await rejects(bus.publish(topic, [{ key: "k", value: new Uint8Array(1_500_000) }]), { code: "too-large" });
  await bus.publish(topic, one("small"));
  strictEqual((await bus.browse(topic, { limit: 5 })).length, 1);
});

serverTest(
  { starts: ["kafka"] },
  "KafkaBus sends nothing any more of what was given up, though its broker answers again",
  async () => {
    await using kafka = await openKafka();
    const open = () => openKafkaBus({ brokers: [kafka.brokers], partitions: 1, topics: [] });
    await using reader = open();
    await reader.publish("t", one("before"));
    await using bus = open();
    await kafka.freeze();
    const stop = new AbortController();
    const given = bus.publish("t", one("given up"), stop.signal);
    await passed(300);
    stop.abort();
    await rejects(given);
    const later = Array.from({ length: 20 }, (_, k) => `later ${k}`);
    const published = (async () => {
      for (const text of later) await bus.publish("t", one(text));
    })();
    await passed(300);
    kafka.thaw();
    await published;
    await passed(300);
    const found = (await reader.browse("t", { limit: 99 })).map(({ value }) =>
      new TextDecoder().decode(value!)
    );
    deepStrictEqual(found, ["before", ...later]);
  },
);

Deno.test("KafkaBus tells that its brokers are away, and gives up publishing in time", async () => {
  await using bus = openKafkaBus({ brokers: ["127.0.0.1:1"], publishTimeoutMs: 500 });
  await rejects(bus.ping(), { name: "DomainError", code: "unavailable" });
  await rejects(bus.publish("t", one("x")), { name: "DomainError", code: "unavailable" });
  const stop = new AbortController();
  const done = bus.subscribe("t", () => Promise.resolve(), { group: "g", signal: stop.signal });
  stop.abort();
  await done;
});

serverTest(
  { starts: ["kafka"] },
  "KafkaBus delivers all that it acknowledged across restarts and a freeze of its broker",
  async () => {
    await using kafka = await openKafka();
    await using bus = openKafkaBus({ brokers: [kafka.brokers], partitions: 2, topics: [] });
    const topic = "restarts";
    const seen = new Set<string>();
    const stop = new AbortController();
    const done = bus.subscribe(topic, (batch) => {
      for (const { value } of batch) seen.add(new TextDecoder().decode(value!));
      return Promise.resolve();
    }, { group: "g", signal: stop.signal });
    const acknowledged: string[] = [];
    const publishing = new AbortController();
    const published = (async () => {
      for (let k = 0; !publishing.signal.aborted; k++) {
        const key = `k${k % 5}`;
        await bus.publish(topic, [{ key, value: new TextEncoder().encode(`${k}`) }]);
        acknowledged.push(`${k}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    const progress = async (more: number) => {
      const before = seen.size;
      await until(() => seen.size >= before + more, "progress");
    };
    await progress(50);
    await kafka.stop("SIGKILL");
    await kafka.start();
    await progress(50);
    await kafka.stop("SIGTERM");
    await kafka.start();
    await progress(50);
    // Longer than a session: everybody has to join again.
    await kafka.freeze();
    const frozenMs = performance.now();
    await until(() => performance.now() - frozenMs > 12_000);
    kafka.thaw();
    await progress(50);
    publishing.abort();
    await published;
    await until(() => acknowledged.every((value) => seen.has(value)), "everything acknowledged");
    deepStrictEqual(acknowledged.filter((value) => !seen.has(value)), []);
    stop.abort();
    await done;
  },
);
