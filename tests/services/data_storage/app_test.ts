import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { openSqliteConnection } from "../../../services/shared/adapters/sqlite/sqlite_connection.ts";
import { writeCursor } from "../../../services/shared/domain/cursor.ts";
import { DEAD_LETTER_TOPIC } from "../../../services/shared/domain/topics.ts";
import { encode, outgoing, POISON } from "../../support/poison.ts";
import {
  forecastMessage,
  metadataMessage,
  seriesOf,
  statisticsMessage,
} from "../../support/result_messages.ts";
import { until } from "../../support/until.ts";
import { openStorage } from "./open_storage.ts";

const HOUR = 3_600_000;

Deno.test("data_storage stores what is published and tells where it stands", async () => {
  await using storage = await openStorage();
  await storage.publish(
    outgoing(statisticsMessage()),
    outgoing(metadataMessage()),
    outgoing(forecastMessage()),
  );
  await storage.settled();
  const { id } = statisticsMessage().series;
  ok(await storage.reader.readLatest("forecast", id) !== null);
  const status = await storage.body("/status");
  deepStrictEqual(status.rows, { series: 1, metadata: 1, statistics: 1, forecast: 1 });
  deepStrictEqual(status.lag, [{ partition: 0, committed: "3", end: "3", lag: 0 }]);
  deepStrictEqual([status.lagTotal, status.deadLetters, status.deadLettersWaiting], [0, 0, 0]);
  strictEqual(status.lastWriteMs, storage.clock.nowMs());
  strictEqual(status.lastProducedAtMs, 86_400_000);
  strictEqual((await storage.request("/readyz")).status, 200);
});

Deno.test("data_storage puts every kind of poison aside once, with reason and origin, and stores its neighbours", async () => {
  await using storage = await openStorage();
  const poison = Object.values(POISON);
  for (const [k, { value }] of poison.entries()) {
    await storage.publish(
      outgoing(statisticsMessage({ series: seriesOf("neighbour", { k: `${k}` }) })),
      { key: `key ${k}`, value, headers: { "traceparent": "00-x" } },
    );
  }
  await storage.settled();
  strictEqual((await storage.body("/status")).rows.series, poison.length);
  const letters = await storage.bus.browse(DEAD_LETTER_TOPIC, { limit: 1_000 });
  strictEqual(letters.length, poison.length);
  for (const [k, { value, reason }] of poison.entries()) {
    const letter = letters[k];
    strictEqual(letter.key, `key ${k}`);
    ok(
      letter.value === null ? value === null : value !== null && sameBytes(letter.value, value),
      `value ${k}`,
    );
    ok(reason.test(letter.headers.reason));
    deepStrictEqual(
      [letter.headers["source-topic"], letter.headers["source-partition"], letter.headers["source-offset"]],
      ["prometheusdata", "0", `${2 * k + 1}`],
    );
    strictEqual(letter.headers.traceparent, "00-x");
  }
});

Deno.test("GET /dead-letters pages through the letters", async () => {
  await using storage = await openStorage();
  await storage.publish(...Object.values(POISON).map(({ value }, k) => ({ key: `${k}`, value })));
  await storage.settled();
  const keys: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page = await storage.body(
      `/dead-letters?limit=7${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    ok(page.items.length <= 7);
    for (const letter of page.items) {
      keys.push(letter.key);
      strictEqual(letter.replayed, false);
      strictEqual(letter.source.topic, "prometheusdata");
      ok(letter.value === null || letter.value.length <= 2_000);
    }
    cursor = page.nextCursor;
  }
  deepStrictEqual(keys, Object.keys(Object.values(POISON)));
  strictEqual((await storage.request("/dead-letters?cursor=nonsense")).status, 422);
  for (const key of [["0", "x"], ["0"], ["-1", "2"]]) {
    const made = writeCursor("dead letters", key);
    strictEqual((await storage.request(`/dead-letters?cursor=${made}`)).status, 422, `${key}`);
  }
});

Deno.test("POST /dead-letters/replay publishes what is a message now, once, and leaves the rest", async () => {
  await using storage = await openStorage();
  await storage.publish({ key: "a", value: POISON["empty"].value }, {
    key: "b",
    value: POISON["not JSON"].value,
  });
  await storage.settled();
  // As if an older version of the program had not known this message.
  const message = statisticsMessage({ series: seriesOf("late") });
  await storage.bus.publish(DEAD_LETTER_TOPIC, [{
    ...outgoing(message),
    headers: {
      reason: "unknown kind",
      "source-topic": "prometheusdata",
      "source-partition": "0",
      "source-offset": "9",
    },
  }]);
  strictEqual((await storage.body("/status")).deadLettersWaiting, 3);
  const replay = () => storage.body("/dead-letters/replay", { method: "POST" });
  deepStrictEqual(await replay(), { replayed: 1, rejected: 2, waiting: 0 });
  await storage.settled();
  ok(await storage.reader.readLatest("statistics", message.series.id) !== null);
  deepStrictEqual(await replay(), { replayed: 0, rejected: 0, waiting: 0 });
  const { items } = await storage.body("/dead-letters");
  deepStrictEqual(items.map(({ replayed }: { replayed: boolean }) => replayed), [true, true, true]);
  const status = await storage.body("/status");
  deepStrictEqual([status.deadLetters, status.deadLettersWaiting], [3, 0]);
  strictEqual((await storage.bus.browse("prometheusdata", { limit: 10 })).length, 3);
});

Deno.test("POST /dead-letters/replay is 409 while a replay is under way", async () => {
  await using storage = await openStorage();
  const replays = [1, 2].map(() => storage.request("/dead-letters/replay", { method: "POST" }));
  const answers = await Promise.all(replays);
  deepStrictEqual(answers.map(({ status }) => status), [200, 409]);
  strictEqual((await storage.request("/dead-letters/replay", { method: "POST" })).status, 200);
});

Deno.test("data_storage puts a message aside once even if it is delivered again", async () => {
  await using storage = await openStorage();
  await storage.publish({ key: "a", value: POISON["empty"].value }, outgoing(statisticsMessage()));
  await storage.settled();
  // Another group of the same store stands for a process that died before it committed.
  await using other = await openStorage();
  const letters = await storage.bus.browse(DEAD_LETTER_TOPIC, { limit: 10 });
  await other.bus.publish(DEAD_LETTER_TOPIC, letters);
  await other.publish({ key: "a", value: POISON["empty"].value });
  await other.settled();
  strictEqual((await other.bus.browse(DEAD_LETTER_TOPIC, { limit: 10 })).length, 1);
});

Deno.test("data_storage waits while the store refuses, without dead letters, and goes on", async () => {
  await using storage = await openStorage();
  await storage.publish(outgoing(statisticsMessage({ series: seriesOf("before") })));
  await storage.settled();
  {
    await using blocker = openSqliteConnection({ path: storage.path });
    await blocker.transaction(async (transaction) => {
      await transaction.execute("UPDATE `series` SET `unit` = `unit`");
      await storage.publish(outgoing(statisticsMessage({ series: seriesOf("during") })));
      const rejected = async () =>
        /storage_batches_rejected_total [1-9]/.test(await (await storage.request("/metrics")).text());
      await until(rejected, "a rejected batch");
      strictEqual((await storage.bus.lag("prometheusdata", "pronoia.data_storage"))[0].lag, 1);
    });
  }
  await storage.settled();
  ok(await storage.reader.readSeries(seriesOf("during").id) !== null);
  strictEqual((await storage.bus.browse(DEAD_LETTER_TOPIC, { limit: 10 })).length, 0);
});

Deno.test("data_storage finds the one message of a batch that the store refuses", async () => {
  await using storage = await openStorage();
  // SQLite would cut the name at the NUL character.
  const refused = statisticsMessage({ series: seriesOf("nul \u0000 name") });
  const good = [1, 2, 3].map((k) => statisticsMessage({ series: seriesOf("good", { k: `${k}` }) }));
  await storage.publish(...[good[0], refused, good[1], good[2]].map(outgoing));
  await storage.settled();
  strictEqual((await storage.body("/status")).rows.series, 3);
  const { items } = await storage.body("/dead-letters");
  strictEqual(items.length, 1);
  ok(items[0].reason.includes("NUL"));
  strictEqual(items[0].key, refused.series.id);
});

Deno.test("data_storage deletes on schedule what is too old for the newest result", async () => {
  await using storage = await openStorage({
    STORAGE_RETENTION_FORECASTS: "1h",
    STORAGE_RETENTION_STATISTICS: "2h",
  });
  const nowMs = storage.clock.nowMs();
  await storage.publish(...[0, 0.5, 1.5, 2.5].flatMap((hours) => {
    const atMs = nowMs - hours * HOUR;
    return [
      outgoing(statisticsMessage({ fromMs: 0, toMs: atMs, producedAtMs: atMs })),
      outgoing(forecastMessage({ originMs: atMs, producedAtMs: atMs })),
    ];
  }));
  await storage.settled();
  await storage.clock.advance(10 * 60_000);
  const metrics = async () => await (await storage.request("/metrics")).text();
  await until(async () => /storage_pruned_rows_total 3/.test(await metrics()), "three rows pruned");
});

Deno.test("writes of data_storage need a token where there are any", async () => {
  await using storage = await openStorage({ API_TOKENS: "ops:secret" });
  strictEqual((await storage.request("/dead-letters/replay", { method: "POST" })).status, 401);
  const headers = { authorization: "Bearer secret" };
  strictEqual((await storage.request("/dead-letters/replay", { method: "POST", headers })).status, 200);
  strictEqual((await storage.request("/status")).status, 200);
});

Deno.test("data_storage takes a message of any other producer", async () => {
  await using storage = await openStorage();
  await storage.publish({ key: "", value: encode(statisticsMessage()) });
  await storage.settled();
  strictEqual((await storage.body("/status")).rows.statistics, 1);
});

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, k) => byte === b[k]);
}
