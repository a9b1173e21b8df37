import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { ResultMessage } from "../../services/shared/domain/results/messages.ts";
import { forecastMessage, metadataMessage, seriesOf, statisticsMessage } from "../support/result_messages.ts";
import { HOSTILE_TEXTS } from "./_hostile_texts.ts";
import { random, type StoreUnderTest, withStore } from "./_result_stores.ts";

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

/** What comes back is what was written, to the bit and to the character. */
export function testExactness(name: string, store: StoreUnderTest): void {
  const { test } = store;
  test(`${name} gives back what was written, doubles bit for bit`, () =>
    withStore(store, async (writer, reader) => {
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
    withStore(store, async (writer, reader) => {
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
    withStore(store, async (writer, reader) => {
      const series = seriesOf("null");
      const reason = "only 1 value in the window";
      await writer.write([
        statisticsMessage({ series, min: -0, max: null, mean: null, standardDeviation: null, reason }),
      ]);
      const stored = await reader.readLatest("statistics", series.id, { window: "1h" });
      deepStrictEqual([stored?.min, stored?.max, stored?.mean, stored?.reason], [0, null, null, reason]);
    }));

  test(`${name} keeps labels of any content and finds them exactly`, () =>
    withStore(store, async (writer, reader) => {
      const series = HOSTILE_TEXTS.map((text, k) =>
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
        HOSTILE_TEXTS.length,
      );
      strictEqual((await reader.listSeries({ labels: { k: "" } }, { limit: 100 })).items.length, 0);
    }));

  test(`${name} does not take the end of a label's name for a name`, () =>
    withStore(store, async (writer, reader) => {
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
    withStore(store, async (writer, reader) => {
      const series = seriesOf("m", JSON.parse('{"__proto__":"p"}'));
      const other = seriesOf("m", {});
      await writer.write([series, other].map((each) => statisticsMessage({ series: each })));
      const { items } = await reader.listSeries({ labels: JSON.parse('{"__proto__":"p"}') }, { limit: 10 });
      strictEqual(JSON.stringify(items), JSON.stringify([series]));
    }));
}
