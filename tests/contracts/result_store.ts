import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { createNoise } from "../../services/shared/adapters/demo/noise.ts";
import { ResultMessage } from "../../services/shared/domain/results/messages.ts";
import type { ResultReader } from "../../services/shared/ports/result_reader.ts";
import type { ResultWriter } from "../../services/shared/ports/result_writer.ts";
import { forecastMessage, metadataMessage, seriesOf, statisticsMessage } from "../support/result_messages.ts";

/** How a store is opened for the suite: `name` tells one database from another, so that a test may open the same twice. */
export interface StoreUnderTest {
  openWriter(name: string): ResultWriter | Promise<ResultWriter>;
  openReader(name: string): ResultReader | Promise<ResultReader>;
  /** Registers one test. */
  test(name: string, body: () => Promise<void>): void;
}

const noise = createNoise(1, "result store");
let drawn = 0;
/** Uniform in [0, 1), the same in every run. */
const random = () => noise.uniform(drawn++);

/** Doubles that a text protocol, a rounding or a too small column would change. */
const DOUBLES = [
  0.1 + 0.2,
  1 / 3,
  5e-324,
  2.2250738585072011e-308,
  1e308,
  -1.7976931348623157e308,
  Number.MAX_SAFE_INTEGER + 2,
  123456789.123456789,
  99.94447299843957,
  Number.EPSILON,
];

/** What ResultWriter and ResultReader promise, whatever the engine. */
export function testResultStore(name: string, { openWriter, openReader, test }: StoreUnderTest): void {
  async function withStore(
    body: (writer: ResultWriter, reader: ResultReader) => Promise<void>,
  ): Promise<void> {
    const database = fresh();
    await using writer = await openWriter(database);
    await using reader = await openReader(database);
    await writer.ping();
    await body(writer, reader);
  }

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

  test(`${name} gives back what was written, doubles bit for bit`, () =>
    withStore(async (writer, reader) => {
      const series = seriesOf("exact");
      const messages: ResultMessage[] = DOUBLES.map((value, k) =>
        statisticsMessage({
          series,
          window: `${k + 1}h`,
          min: value,
          max: -value,
          mean: value / 7,
          standardDeviation: value / 3,
        })
      );
      messages.push(metadataMessage({ series, values: DOUBLES }), forecastMessage({ series, mean: DOUBLES }));
      await writer.write(messages);
      for (const message of messages) {
        const options = message.kind === "statistics" ? { window: message.window } : {};
        const { version: _version, kind, ...body } = ResultMessage.parse(message);
        deepStrictEqual(await reader.readLatest(kind, series.id, options), body);
      }
    }));

  test(`${name} keeps random doubles exactly`, () =>
    withStore(async (writer, reader) => {
      const bits = Uint32Array.from({ length: 4_000 }, () => random() * 2 ** 32);
      const doubles = [...new Float64Array(bits.buffer)].filter(Number.isFinite).map((value) => value + 0);
      const series = seriesOf("random");
      const messages = doubles.map((value, k) =>
        statisticsMessage({ series, window: "1h", toMs: k + 1, mean: value })
      );
      const uniform = Array.from({ length: 2_000 }, () => random() * 100);
      await writer.write([
        forecastMessage({ series, mean: doubles }),
        metadataMessage({ series, values: uniform }),
      ]);
      deepStrictEqual((await reader.readLatest("forecast", series.id))?.mean, doubles);
      deepStrictEqual((await reader.readLatest("metadata", series.id))?.autocorrelation.values, uniform);
      for (const message of messages.slice(0, 200)) {
        await writer.write([message]);
        strictEqual((await reader.readLatest("statistics", series.id, { window: "1h" }))?.mean, message.mean);
      }
    }));

  test(`${name} keeps undefined numbers null with their reason, and −0 as 0`, () =>
    withStore(async (writer, reader) => {
      const series = seriesOf("null");
      const reason = "only 1 value in the window";
      await writer.write([
        statisticsMessage({ series, min: -0, max: null, mean: null, standardDeviation: null, reason }),
      ]);
      const stored = await reader.readLatest("statistics", series.id, { window: "1h" });
      deepStrictEqual([stored?.min, stored?.max, stored?.mean, stored?.reason], [0, null, null, reason]);
    }));

  test(`${name} keeps labels of any content and finds them exactly`, () =>
    withStore(async (writer, reader) => {
      const hostile = [
        "日本語 🚀",
        `"quoted" \\ back\\slash\\`,
        "'; DROP TABLE `series`; --",
        "line\nbreak\ttab \u0000 nul",
        "trailing space ",
        "trailing space",
        "UPPER",
        "upper",
        "é",
        "e\u0301",
        '","b":"c',
        "%_",
      ];
      const series = hostile.map((text, k) =>
        seriesOf(k % 2 === 0 ? "plain" : "plain ", { [text]: text, "k": text, n: `${k}` })
      );
      await writer.write(series.map((each) => statisticsMessage({ series: each })));
      for (const each of series) {
        deepStrictEqual(await reader.readSeries(each.id), each);
        const label = String(each.labels.k);
        for (const labels of [{ k: label }, { [label]: label }]) {
          const found = await reader.listSeries({ name: each.name, labels }, { limit: 10 });
          deepStrictEqual(found.items, [each], JSON.stringify(labels));
        }
      }
      strictEqual((await reader.listSeries({ name: "plain" }, { limit: 100 })).items.length, 6);
      strictEqual((await reader.listSeries({ name: "PLAIN" }, { limit: 100 })).items.length, 0);
      strictEqual(
        (await reader.listSeries({ labels: { absent: "" } }, { limit: 100 })).items.length,
        hostile.length,
      );
      strictEqual((await reader.listSeries({ labels: { k: "" } }, { limit: 100 })).items.length, 0);
    }));

  test(`${name} does not take the end of a label's name for a name`, () =>
    withStore(async (writer, reader) => {
      const odd = seriesOf("odd", { 'x"job': "node", "a,": "b" });
      const first = seriesOf("first", { job: "node", last: "1" });
      const last = seriesOf("last", { a: "1", job: "node" });
      await writer.write([odd, first, last].map((series) => statisticsMessage({ series })));
      const named = async (labels: Record<string, string>) =>
        (await reader.listSeries({ labels }, { limit: 10 })).items.map((each) => each.name).sort();
      deepStrictEqual(await named({ job: "node" }), ["first", "last"]);
      deepStrictEqual(await named({ job: "" }), ["odd"]);
      deepStrictEqual(await named({ 'x"job': "node" }), ["odd"]);
    }));

  test(`${name} keeps a label called __proto__ and finds it`, () =>
    withStore(async (writer, reader) => {
      const series = seriesOf("m", JSON.parse('{"__proto__":"p"}'));
      const other = seriesOf("m", {});
      await writer.write([series, other].map((each) => statisticsMessage({ series: each })));
      const { items } = await reader.listSeries({ labels: JSON.parse('{"__proto__":"p"}') }, { limit: 10 });
      strictEqual(JSON.stringify(items), JSON.stringify([series]));
    }));

  test(`${name} is left the same by a stream replayed and shuffled`, () =>
    withStore(async (writer, reader) => {
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
    withStore(async (writer, reader) => {
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
    withStore(async (writer, reader) => {
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

  test(`${name} pages through series and newest results, each once`, () =>
    withStore(async (writer, reader) => {
      const series = Array.from({ length: 23 }, (_, k) => seriesOf("paged", { k: `${k}` }));
      await writer.write(
        series.flatMap((each) =>
          ["1h", "3h"].flatMap((window) =>
            [1, 2].map((n) =>
              statisticsMessage({ series: each, window, toMs: n * 60_000, mean: n, producedAtMs: n })
            )
          )
        ),
      );
      await writer.write(
        series.flatMap((each) =>
          [1, 2].map((n) => forecastMessage({ series: each, originMs: n * 60_000, producedAtMs: n }))
        ),
      );
      const ids = series.map(({ id }) => id).sort();
      deepStrictEqual((await all((page) => reader.listSeries({}, page), 7)).map(({ id }) => id), ids);
      const statistics = await all((page) => reader.listLatest("statistics", {}, page), 7);
      deepStrictEqual(
        statistics.map((each) => `${each.series.id} ${each.window}`),
        ids.flatMap((id) => [`${id} 1h`, `${id} 3h`]),
      );
      ok(statistics.every(({ toMs, mean }) => toMs === 120_000 && mean === 2));
      const hourly = await all((page) => reader.listLatest("statistics", { window: "1h" }, page), 10);
      deepStrictEqual(hourly.map((each) => each.series.id), ids);
      const forecasts = await all((page) => reader.listLatest("forecast", { labels: { k: "3" } }, page), 2);
      deepStrictEqual(forecasts.map(({ originMs }) => originMs), [120_000]);
      deepStrictEqual((await all((page) => reader.listLatest("metadata", {}, page), 5)).length, 0);
      await rejects(reader.listSeries({}, { limit: 5, cursor: "nonsense" }), {
        name: "DomainError",
        code: "invalid",
      });
    }));

  test(`${name} lists past forecasts of a half-open range, oldest first`, () =>
    withStore(async (writer, reader) => {
      const series = seriesOf("past");
      await writer.write([5, 3, 1, 4, 2].map((n) => forecastMessage({ series, originMs: n * 1_000 })));
      const origins = async (fromMs: number, toMs: number, limit: number) =>
        (await reader.listForecasts(series.id, { fromMs, toMs, limit })).map(({ originMs }) => originMs);
      deepStrictEqual(await origins(2_000, 5_000, 10), [2_000, 3_000, 4_000]);
      deepStrictEqual(await origins(0, 9_000, 2), [1_000, 2_000]);
      deepStrictEqual(await reader.listForecasts("unknown", { fromMs: 0, toMs: 9_000, limit: 5 }), []);
    }));

  test(`${name} finds nothing under unknown and hostile ids`, () =>
    withStore(async (writer, reader) => {
      await writer.write([statisticsMessage()]);
      const { id } = statisticsMessage().series;
      for (const wrong of ["", `${id} `, id.toUpperCase(), "' OR 1=1 --", "%", "日本", "\0", `${id}\0`]) {
        if (wrong === id) continue;
        strictEqual(await reader.readSeries(wrong), null, wrong);
        strictEqual(await reader.readLatest("statistics", wrong), null, wrong);
      }
      strictEqual(await reader.readLatest("statistics", id, { window: "9h" }), null);
      deepStrictEqual((await reader.listSeries({ name: "\0" }, { limit: 1 })).items, []);
    }));

  test(`${name} prunes what is older than its retention and forgets silent series`, () =>
    withStore(async (writer, reader) => {
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

/** Message k of a history with several series, kinds, windows and repeated keys. */
function historyMessage(k: number): ResultMessage {
  const series = seriesOf("history", { n: `${k % 7}` });
  const producedAtMs = 1_000 + k;
  const toMs = 60_000 * (k % 5);
  if (k % 11 === 0) return metadataMessage({ series, values: [k, k / 3], producedAtMs });
  if (k % 3 === 0) return forecastMessage({ series, mean: [k / 7, k], originMs: toMs, producedAtMs });
  return statisticsMessage({ series, window: k % 2 === 0 ? "1h" : "3h", mean: k / 7, toMs, producedAtMs });
}

async function dump(reader: ResultReader): Promise<unknown> {
  const series = await all((page) => reader.listSeries({}, page), 1_000);
  const range = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, limit: 1_000 };
  return {
    series,
    metadata: await all((page) => reader.listLatest("metadata", {}, page), 1_000),
    statistics: await all((page) => reader.listLatest("statistics", {}, page), 1_000),
    forecasts: await Promise.all(series.map(({ id }) => reader.listForecasts(id, range))),
  };
}

async function all<Item>(
  read: (page: { limit: number; cursor?: string }) => Promise<{
    readonly items: readonly Item[];
    readonly nextCursor: string | null;
  }>,
  limit: number,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 1_000; page++) {
    const { items: some, nextCursor } = await read({ limit, ...(cursor === undefined ? {} : { cursor }) });
    ok(some.length <= limit);
    items.push(...some);
    if (nextCursor === null) return items;
    cursor = nextCursor;
  }
  throw new Error("Cannot read all pages as they never end");
}

function shuffle<Item>(items: readonly Item[]): Item[] {
  return items.map((item) => ({ item, at: random() })).sort((a, b) => a.at - b.at).map(({ item }) => item);
}

function fresh(): string {
  return `test_${crypto.randomUUID().replaceAll("-", "")}`;
}
