import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { forecastMessage, metadataMessage, seriesOf, statisticsMessage } from "../support/result_messages.ts";
import { dump, fresh, historyMessage, shuffle, type StoreUnderTest, withStore } from "./_result_stores.ts";
import { testExactness } from "./_result_exactness.ts";
import { testReading } from "./_result_reading.ts";

/** What ResultWriter and ResultReader promise, whatever the engine. */
export function testResultStore(name: string, store: StoreUnderTest): void {
  const { openWriter, openReader, test } = store;
  testExactness(name, store);
  testReading(name, store);

  test(`${name} is unavailable to readers until a writer has made its tables`, async () => {
    const database = fresh();
    await using reader = await openReader(database);
    await rejects(reader.ping(), { name: "DomainError", code: "unavailable" });
    await rejects(reader.readSeries("0".repeat(16)), { name: "DomainError", code: "unavailable" });
    await using writer = await openWriter(database);
    await writer.write([statisticsMessage()]);
    await reader.ping();
    ok(await reader.readSeries(statisticsMessage().series.id) !== null);
  });

  test(`${name} is left the same by a stream replayed and shuffled`, () =>
    withStore(store, async (writer, reader) => {
      const messages = Array.from({ length: 300 }, (_, k) => historyMessage(k));
      await writer.write(messages);
      const before = await dump(reader);
      const count = await writer.count();
      for (let round = 0; round < 3; round++) {
        const shuffled = shuffle(messages);
        for (let at = 0; at < shuffled.length; at += 37) await writer.write(shuffled.slice(at, at + 37));
        deepStrictEqual(await dump(reader), before);
      }
      const other = fresh();
      await using otherWriter = await openWriter(other);
      await using otherReader = await openReader(other);
      for (const message of shuffle(messages)) await otherWriter.write([message]);
      deepStrictEqual(await dump(otherReader), before);
      deepStrictEqual((await otherWriter.count()).rows, count.rows);
    }));

  test(`${name} lets the later message win, and of two of one millisecond always the same`, () =>
    withStore(store, async (writer, reader) => {
      const series = seriesOf("wins");
      const newer = statisticsMessage({ series, mean: 2, producedAtMs: 2_000 });
      await writer.write([newer]);
      await writer.write([statisticsMessage({ series, mean: 1, producedAtMs: 1_000 })]);
      strictEqual((await reader.readLatest("statistics", series.id, { window: "1h" }))?.mean, 2);
      const means: (number | null | undefined)[] = [];
      for (const order of [[10, 20], [20, 10]]) {
        const tied = seriesOf("tied", { order: order.join() });
        for (const mean of order) await writer.write([statisticsMessage({ series: tied, mean })]);
        means.push((await reader.readLatest("statistics", tied.id, { window: "1h" }))?.mean);
      }
      strictEqual(means[0], means[1]);
    }));

  test(`${name} stores a batch as a whole or not at all`, () =>
    withStore(store, async (writer, reader) => {
      const series = seriesOf("whole");
      const tooLong = statisticsMessage({
        series: seriesOf("other"),
        window: "w".repeat(40),
        mean: Infinity,
      });
      await rejects(writer.write([statisticsMessage({ series }), tooLong]), {
        name: "DomainError",
        code: "invalid",
      });
      strictEqual(await reader.readSeries(series.id), null);
    }));

  test(`${name} prunes what is older than its retention and forgets silent series`, () =>
    withStore(store, async (writer, reader) => {
      const hourMs = 3_600_000;
      const nowMs = 1_700_000_000_000;
      const alive = seriesOf("alive");
      const silent = seriesOf("silent");
      const at = (hours: number) => nowMs - hours * hourMs;
      await writer.write([1, 23, 25, 200].flatMap((hours) => [
        statisticsMessage({ series: alive, toMs: at(hours), producedAtMs: at(hours) }),
        forecastMessage({ series: alive, originMs: at(hours), producedAtMs: at(hours) }),
      ]));
      await writer.write([
        statisticsMessage({ series: silent, toMs: at(200), producedAtMs: at(200) }),
        metadataMessage({ series: silent, producedAtMs: at(200) }),
      ]);
      const deleted = await writer.prune({ forecastsMs: 24 * hourMs, statisticsMs: 7 * 24 * hourMs }, nowMs);
      strictEqual(deleted, 2 + 1 + 1 + 2);
      const { rows, lastProducedAtMs } = await writer.count();
      deepStrictEqual(rows, { series: 1, metadata: 0, statistics: 3, forecast: 2 });
      strictEqual(lastProducedAtMs, at(1));
      strictEqual(await reader.readSeries(silent.id), null);
      strictEqual(await writer.prune({ forecastsMs: 24 * hourMs, statisticsMs: 7 * 24 * hourMs }, nowMs), 0);
    }));

  test(`${name} may be opened and written to by several at once`, async () => {
    const database = fresh();
    const writers = await Promise.all([1, 2, 3, 4].map(() => openWriter(database)));
    try {
      await Promise.all(writers.map((writer) => writer.ping()));
      const messages = Array.from({ length: 200 }, (_, k) => historyMessage(k));
      await Promise.all(writers.map((writer) => writer.write(shuffle(messages))));
      const expected = fresh();
      await using alone = await openWriter(expected);
      await alone.write(messages);
      await using one = await openReader(database);
      await using other = await openReader(expected);
      deepStrictEqual(await dump(one), await dump(other));
    } finally {
      await Promise.all(writers.map((writer) => writer[Symbol.asyncDispose]()));
    }
  });
}
