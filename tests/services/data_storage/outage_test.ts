import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import kafkajs from "kafkajs";
import { DEAD_LETTER_TOPIC, RESULTS_TOPIC } from "../../../services/shared/domain/topics.ts";
import { openKafka } from "../../servers/kafka.ts";
import { openMariadb } from "../../servers/mariadb.ts";
import { serverTest } from "../../servers/server_tests.ts";
import { outgoing, POISON } from "../../support/poison.ts";
import { seriesOf, statisticsMessage } from "../../support/result_messages.ts";
import { until } from "../../support/until.ts";
import { type OpenStorage, openStorageOn } from "./open_storage.ts";

const message = (k: number) =>
  outgoing(statisticsMessage({ series: seriesOf("outage", { k: `${k}` }), mean: k }));
const messages = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => message(from + i));
const series = async (storage: OpenStorage) => (await storage.body("/status")).rows.series;

/**
 * A loss is to be noticed within ten seconds, a return within thirty; the second depends on the server's speed too.
 */
const LOSS_MAX_MS = 10_000;
const RETURN_MAX_MS = 60_000;

/** Reads `/readyz` until it has the status; its body. */
async function untilReady(storage: OpenStorage, status: number, withinMs: number): Promise<string> {
  let body = "";
  const startMs = performance.now();
  await until(async () => {
    const response = await storage.request("/readyz");
    body = await response.text();
    return response.status === status;
  }, `/readyz ${status}`);
  const tookMs = performance.now() - startMs;
  ok(tookMs < withinMs, `/readyz ${status} came after ${tookMs} ms`);
  return body;
}

serverTest(
  { starts: ["kafka", "mariadb"] },
  "data_storage outlasts the loss of its database and of its broker",
  async () => {
    await using kafka = await openKafka();
    await using mariadb = await openMariadb();
    await using storage = await openStorageOn({ brokers: kafka.brokers, mysqlUrl: `${mariadb.url}outage` });
    await storage.publish(...messages(0, 100));
    await storage.settled();
    await untilReady(storage, 200, RETURN_MAX_MS);

    await mariadb.stop("SIGKILL");
    await storage.publish(...messages(100, 200));
    match(
      await untilReady(storage, 503, LOSS_MAX_MS),
      /"store":\{"status":"failing","reason":"Cannot reach the database/,
    );
    strictEqual((await storage.request("/livez")).status, 200);
    const metrics = async () => await (await storage.request("/metrics")).text();
    await until(
      async () => /storage_batches_rejected_total (?:[3-9]|\d\d)/.test(await metrics()),
      "rejected batches",
    );
    await mariadb.start();
    await untilReady(storage, 200, RETURN_MAX_MS);
    await storage.settled();
    await until(async () => await series(storage) === 200);

    await kafka.stop("SIGKILL");
    const published = storage.publish(...messages(200, 300));
    match(
      await untilReady(storage, 503, LOSS_MAX_MS),
      /"bus":\{"status":"failing","reason":"Cannot reach Kafka/,
    );
    await kafka.start();
    await published;
    await untilReady(storage, 200, RETURN_MAX_MS);
    await storage.settled();
    await until(async () => await series(storage) === 300);
    strictEqual((await storage.body("/status")).deadLetters, 0);
  },
);

serverTest(
  { starts: ["kafka", "mariadb"] },
  "data_storage starts before its servers and waits for them",
  async () => {
    await using kafka = await openKafka();
    await using mariadb = await openMariadb();
    await kafka.stop();
    await mariadb.stop();
    await using storage = await openStorageOn({ brokers: kafka.brokers, mysqlUrl: `${mariadb.url}waits` });
    const body = await untilReady(storage, 503, LOSS_MAX_MS);
    match(body, /"bus":\{"status":"failing"/);
    match(body, /"store":\{"status":"failing"/);
    strictEqual((await storage.request("/status")).status, 503);
    const published = storage.publish(...messages(0, 10));
    await kafka.start();
    await mariadb.start();
    await published;
    await untilReady(storage, 200, RETURN_MAX_MS);
    await storage.settled();
    await until(async () => await series(storage) === 10);
  },
);

serverTest(
  { starts: ["kafka", "mariadb"] },
  "data_storage halts a partition whose dead letters can't be stored, and no other",
  async () => {
    await using kafka = await openKafka();
    await using mariadb = await openMariadb();
    await using storage = await openStorageOn({ brokers: kafka.brokers, mysqlUrl: `${mariadb.url}halts` });
    await storage.publish(message(0));
    await storage.settled();
    await configure(kafka.brokers, DEAD_LETTER_TOPIC, "max.message.bytes", "1");
    const poison = Object.values(POISON).slice(0, 3).map(({ value }) => ({ key: "one partition", value }));
    await storage.publish(...poison, message(1));
    await until(async () => (await storage.body("/status")).lagTotal > 0, "lag");
    await storage.publish(...messages(2, 60));
    const behind = async (): Promise<number> =>
      (await storage.body("/status")).lag.filter(({ lag }: { lag: number }) => lag > 0).length;
    await until(async () => await behind() === 1, "the end of the other partitions");
    await until(async () => await series(storage) > 30, "their messages");
    strictEqual(await behind(), 1);
    await configure(kafka.brokers, DEAD_LETTER_TOPIC, "max.message.bytes", "4000000");
    await storage.settled();
    await until(async () => await series(storage) === 60);
    const letters = await storage.bus.browse(DEAD_LETTER_TOPIC, { limit: 100 });
    deepStrictEqual(letters.map(({ headers }) => headers["source-offset"]).length, 3);
    strictEqual(new Set(letters.map(({ headers }) => headers["source-offset"])).size, 3);
  },
);

serverTest(
  { starts: ["kafka", "mariadb"] },
  "data_storage puts every kind of poison aside once, on Kafka and MariaDB too, and can replay",
  async () => {
    await using kafka = await openKafka();
    await using mariadb = await openMariadb();
    await using storage = await openStorageOn({ brokers: kafka.brokers, mysqlUrl: `${mariadb.url}poison` });
    await until(() => storage.bus.ping().then(() => true, () => false), "the topics");
    // Only then do two megabytes get as far as the topic.
    await configure(kafka.brokers, RESULTS_TOPIC, "max.message.bytes", "3000000");
    const poison = Object.entries(POISON);
    for (const [k, [name, { value }]] of poison.entries()) {
      await storage.publish(message(k), { key: name, value });
    }
    await storage.settled();
    await until(async () => await series(storage) === poison.length);
    const letters = await storage.bus.browse(DEAD_LETTER_TOPIC, { limit: 1_000 });
    deepStrictEqual(letters.map(({ key }) => key).sort(), poison.map(([name]) => name).sort());
    for (const { key, value, headers } of letters) {
      strictEqual(value?.byteLength, POISON[key].value?.byteLength);
      match(headers.reason, POISON[key].reason);
      strictEqual(headers["source-topic"], RESULTS_TOPIC);
    }
    const late = statisticsMessage({ series: seriesOf("late") });
    await storage.bus.publish(DEAD_LETTER_TOPIC, [outgoing(late)]);
    const replay = () => storage.body("/dead-letters/replay", { method: "POST" });
    deepStrictEqual(await replay(), { replayed: 1, rejected: poison.length, waiting: 0 });
    deepStrictEqual(await replay(), { replayed: 0, rejected: 0, waiting: 0 });
    await storage.settled();
    ok(await storage.reader.readSeries(late.series.id) !== null);
    // A replay is a visit: the service was ready all along.
    strictEqual((await storage.request("/readyz")).status, 200);
  },
);

serverTest(
  { starts: ["kafka", "mariadb"] },
  "data_storage is halted by no message, though it is far larger than it was on its way",
  async () => {
    await using kafka = await openKafka();
    await using mariadb = await openMariadb();
    await using storage = await openStorageOn({ brokers: kafka.brokers, mysqlUrl: `${mariadb.url}gzip` });
    await until(() => storage.bus.ping().then(() => true, () => false), "the topics");
    const text = "x".repeat(9_000_000);
    await publishGzip(kafka.brokers, [
      { key: "value", value: text },
      { key: text, value: "key" },
      { key: "headers", value: "headers", headers: { text } },
    ]);
    for (let k = 0; k < 9; k++) {
      await storage.bus.publish(DEAD_LETTER_TOPIC, [{ key: "large", value: new Uint8Array(900_000) }]);
    }
    await storage.publish(...messages(0, 20));
    await storage.settled();
    await until(async () => await series(storage) === 20);
    const keys: string[] = [];
    let cursor: string | null = "";
    let pages = 0;
    while (cursor !== null && pages++ < 9) {
      const answer = await storage.body(
        `/dead-letters?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      keys.push(...answer.items.map(({ key }: { key: string }) => key[0]));
      cursor = answer.nextCursor;
    }
    ok(pages > 1, "a page holds some megabytes at most");
    deepStrictEqual(keys.sort(), ["h", ...Array(9).fill("l"), "v", "x"]);
  },
);

/** Publishes results as another program might: compressed, so that the broker's limit is on what little that is. */
async function publishGzip(brokers: string, messages: kafkajs.Message[]): Promise<void> {
  const kafka = new kafkajs.Kafka({ brokers: [brokers], logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  for (const message of messages) {
    const compression = kafkajs.CompressionTypes.GZIP;
    // A partition by the hash of a long key would take minutes.
    await producer.send({ topic: RESULTS_TOPIC, compression, messages: [{ partition: 0, ...message }] });
  }
  await producer.disconnect();
}

/** Changes one setting of a topic, as an administrator would. */
async function configure(brokers: string, topic: string, name: string, value: string): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers: [brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  await admin.alterConfigs({
    validateOnly: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configEntries: [{ name, value }] }],
  });
  await admin.disconnect();
}
