import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { forecastMessage, seriesOf, statisticsMessage } from "../support/result_messages.ts";
import { all, type StoreUnderTest, withStore } from "./_result_stores.ts";

/** Whatever is asked for, and however the ids look. */
export function testReading(name: string, store: StoreUnderTest): void {
  const { test } = store;
  test(`${name} pages through series and newest results, each once`, () =>
    withStore(store, async (writer, reader) => {
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
    withStore(store, async (writer, reader) => {
      const series = seriesOf("past");
      await writer.write([5, 3, 1, 4, 2].map((n) => forecastMessage({ series, originMs: n * 1_000 })));
      const origins = async (fromMs: number, toMs: number, limit: number) =>
        (await reader.listForecasts(series.id, { fromMs, toMs, limit })).map(({ originMs }) => originMs);
      deepStrictEqual(await origins(2_000, 5_000, 10), [2_000, 3_000, 4_000]);
      deepStrictEqual(await origins(0, 9_000, 2), [1_000, 2_000]);
      deepStrictEqual(await reader.listForecasts("unknown", { fromMs: 0, toMs: 9_000, limit: 5 }), []);
    }));

  test(`${name} finds nothing under unknown and hostile ids`, () =>
    withStore(store, async (writer, reader) => {
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
}
