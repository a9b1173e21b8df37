import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import {
  forecastMessage,
  metadataMessage,
  seriesOf,
  statisticsMessage,
} from "../../support/result_messages.ts";
import { openRetrieval } from "./open_retrieval.ts";

const HOUR = 3_600_000;

Deno.test("GET /series pages by cursor without repeating or skipping", async () => {
  await using retrieval = await openRetrieval();
  const all = Array.from({ length: 25 }, (_, i) => seriesOf(`metric_${i}`));
  await retrieval.write(...all.map((series) => statisticsMessage({ series })));
  const seen: string[] = [];
  let path = "/series?limit=10";
  for (let page = 0; page < 3; page++) {
    const { items, nextCursor } = await retrieval.body(path);
    seen.push(...items.map((item: { id: string }) => item.id));
    path = `/series?limit=10&cursor=${encodeURIComponent(nextCursor)}`;
    strictEqual(nextCursor === null, page === 2);
  }
  deepStrictEqual(seen, all.map(({ id }) => id).sort());
});

Deno.test("GET /series filters by name and by labels, whatever is in them", async () => {
  await using retrieval = await openRetrieval();
  const hostile = { job: 'a="b"', "käse.id": "x=y&z", path: "C:\\temp\n" };
  await retrieval.write(
    statisticsMessage({ series: seriesOf("up", { job: "node", env: "prod" }) }),
    statisticsMessage({ series: seriesOf("up", { job: "node", env: "test" }) }),
    statisticsMessage({ series: seriesOf("load", hostile) }),
  );
  const count = async (query: string) => (await retrieval.body(`/series?${query}`)).items.length;
  strictEqual(await count("name=up"), 2);
  strictEqual(await count("label=job%3Dnode&label=env%3Dprod"), 1);
  strictEqual(await count("name=up&label=env%3Dstage"), 0);
  const query = new URLSearchParams(
    Object.entries(hostile).map(([name, value]) => ["label", `${name}=${value}`]),
  );
  const { items } = await retrieval.body(`/series?${query}`);
  deepStrictEqual(items[0].labels, hostile);
  strictEqual((await retrieval.request("/series?label=job")).status, 422);
  const many = Array.from({ length: 21 }, (_, i) => `label=l${i}=x`).join("&");
  for (
    const [query, field, message] of [
      [many, "label", "must be given at most 20 times: found 21"],
      ["label=job=a&label=job=node", "label", 'must name each label once: found "job" again'],
      ["name=a&name=b", "name", "must be given once: found 2 of it"],
    ]
  ) {
    const refused = await (await retrieval.request(`/series?${query}`)).json();
    deepStrictEqual(refused.errors, [{ field, message }], query);
  }
  strictEqual((await retrieval.request("/series/%00")).status, 404);
  deepStrictEqual((await (await retrieval.request("/series?name=%00")).json()).items, []);
});

Deno.test("GET /series/{id} and what hangs under it is 404 for an unknown id", async () => {
  await using retrieval = await openRetrieval();
  const none = "0".repeat(16);
  const suffixes = [
    "",
    "/metadata",
    "/statistics",
    "/statistics?window=1h",
    "/forecast",
    "/forecasts",
    "/samples",
  ];
  for (const suffix of [...suffixes, "/accuracy", "/forecast?horizon=4h"]) {
    const response = await retrieval.request(`/series/${none}${suffix}`);
    strictEqual(response.status, 404, suffix);
    strictEqual(response.headers.get("content-type"), "application/problem+json");
    const { type, detail } = await response.json();
    strictEqual(type, "about:blank");
    match(detail, /^There is no series "0{16}": the list of series has those/);
  }
});

Deno.test("GET /series/{id}/metadata, /forecast answer what was stored, 404 with a reason before", async () => {
  await using retrieval = await openRetrieval();
  const series = seriesOf("requests");
  await retrieval.write(statisticsMessage({ series }));
  const why =
    'its first cycle is still to come, or the etl says why there is none, in the "problems" of a cycle\'s series';
  for (const kind of ["metadata", "forecast"]) {
    const early = await retrieval.request(`/series/${series.id}/${kind}`);
    strictEqual(early.status, 404);
    const { type, detail } = await early.json();
    deepStrictEqual([type, detail], [
      "urn:pronoia:not-yet",
      `No ${kind} of series "${series.id}" is stored: ${why}`,
    ]);
  }

  const { version: _1, kind: _2, ...metadata } = metadataMessage({ series });
  const { version: _3, kind: _4, ...forecast } = forecastMessage({ series });
  await retrieval.write(metadataMessage({ series }), forecastMessage({ series }));
  deepStrictEqual(await retrieval.body(`/series/${series.id}/metadata`), metadata);
  deepStrictEqual(await retrieval.body(`/series/${series.id}/forecast`), forecast);
  deepStrictEqual(await retrieval.body(`/series/${series.id}`), series);
});

Deno.test("GET /series/{id}/statistics lists all windows, or the one asked for with its fields on top", async () => {
  await using retrieval = await openRetrieval();
  const series = seriesOf("requests");
  await retrieval.write(
    statisticsMessage({ series, window: "1h", toMs: 1 * HOUR }),
    statisticsMessage({ series, window: "1h", toMs: 2 * HOUR, mean: 7, producedAtMs: 2 * HOUR }),
    statisticsMessage({ series, window: "12h", mean: null, reason: "no values", count: 0 }),
  );
  const all = await retrieval.body(`/series/${series.id}/statistics`);
  deepStrictEqual(all.items.map((item: { window: string }) => item.window), ["1h", "12h"]);
  strictEqual(all.items[1].mean, null);
  strictEqual(all.items[1].reason, "no values");
  const one = await retrieval.body(`/series/${series.id}/statistics?window=1h`);
  strictEqual(one.mean, 7);
  strictEqual(one.toMs, 2 * HOUR);
  deepStrictEqual(one.items.length, 1);
  const lacking = await retrieval.request(`/series/${series.id}/statistics?window=3h`);
  strictEqual(lacking.status, 404);
  match((await lacking.json()).detail, /^No statistics of series "\w+" over 3h are stored: .*"problems"/);
  strictEqual((await retrieval.request(`/series/${series.id}/statistics?window=2h`)).status, 422);
});

Deno.test("GET /statistics, /metadata, /forecasts list the newest of each series", async () => {
  await using retrieval = await openRetrieval();
  for (const name of ["a", "b", "c"]) {
    const series = seriesOf(name);
    await retrieval.write(
      statisticsMessage({ series, window: "1h" }),
      statisticsMessage({ series, window: "3h" }),
      metadataMessage({ series, values: [1, 0.5, 0.25] }),
      forecastMessage({ series, originMs: HOUR, producedAtMs: HOUR }),
      forecastMessage({ series, originMs: 2 * HOUR, producedAtMs: 2 * HOUR }),
    );
  }
  strictEqual((await retrieval.body("/statistics")).items.length, 6);
  strictEqual((await retrieval.body("/statistics?window=180m")).items.length, 3);
  const forecasts = (await retrieval.body("/forecasts")).items;
  deepStrictEqual(forecasts.map((item: { originMs: number }) => item.originMs), [
    2 * HOUR,
    2 * HOUR,
    2 * HOUR,
  ]);
  strictEqual((await retrieval.body("/metadata")).items[0].autocorrelation.values.length, 3);
  const light = (await retrieval.body("/metadata?view=summary&name=b")).items;
  strictEqual(light.length, 1);
  deepStrictEqual(light[0].autocorrelation.values, []);
  strictEqual(light[0].autocorrelation.verdict, "autocorrelated");
  deepStrictEqual((await retrieval.body("/forecasts?view=summary")).items[0].mean, []);
});

Deno.test("GET /series/{id}/forecasts pages past forecasts by origin", async () => {
  await using retrieval = await openRetrieval();
  const series = seriesOf("requests");
  const nowMs = retrieval.clock.nowMs();
  const origins = Array.from({ length: 5 }, (_, i) => nowMs - (5 - i) * 60_000);
  await retrieval.write(
    ...[nowMs - 2 * HOUR, ...origins].map((originMs) =>
      forecastMessage({ series, originMs, producedAtMs: originMs })
    ),
  );
  const first = await retrieval.body(`/series/${series.id}/forecasts?limit=3`);
  const rest = await retrieval.body(`/series/${series.id}/forecasts?limit=3&cursor=${first.nextCursor}`);
  strictEqual(rest.nextCursor, null);
  const seen = [...first.items, ...rest.items].map((item) => item.originMs);
  deepStrictEqual(seen, origins);
  const path = `/series/${series.id}/forecasts?fromMs=${nowMs - 3 * HOUR}&toMs=${nowMs - HOUR}`;
  strictEqual((await retrieval.body(path)).items.length, 1);
  strictEqual((await retrieval.request(`/series/${series.id}/forecasts?cursor=abc`)).status, 422);
});

for (
  const [query, field] of [
    ["fromMs=5", "toMs"],
    ["toMs=5", "fromMs"],
    ["fromMs=5&toMs=5", "fromMs"],
    ["window=1h&fromMs=1&toMs=2", "window"],
    ["window=0s", "window"],
    ["fromMs=-1&toMs=2", "fromMs"],
    ["window=10y", "window"],
  ]
) {
  for (const what of ["samples", "accuracy"]) {
    Deno.test(`GET /series/{id}/${what} is 422 for ?${query}`, async () => {
      await using retrieval = await openRetrieval();
      const series = seriesOf("requests");
      await retrieval.write(forecastMessage({ series }));
      const response = await retrieval.request(`/series/${series.id}/${what}?${query}`);
      strictEqual(response.status, 422);
      deepStrictEqual((await response.json()).errors.map((error: { field: string }) => error.field), [field]);
    });
  }
}

Deno.test("GET /series/{id}/samples gives the last hour, a gap as null", async () => {
  await using retrieval = await openRetrieval();
  const series = await retrieval.demoSeries("node_memory_MemAvailable_bytes");
  await retrieval.write(statisticsMessage({ series }));
  const body = await retrieval.body(`/series/${series.id}/samples`);
  strictEqual(body.toMs - body.fromMs, HOUR);
  strictEqual(body.values.length, HOUR / body.stepMs);
  strictEqual(body.fromMs % body.stepMs, 0);
  ok(body.values.every((value: number | null) => value === null || Number.isFinite(value)));
  ok(body.values.some(Number.isFinite));
});

Deno.test("GET /series/{id}/samples notices that the step of a series has changed", async () => {
  await using retrieval = await openRetrieval();
  const series = await retrieval.demoSeries("node_load1");
  const stepOf = async () => (await retrieval.body(`/series/${series.id}/samples`)).stepMs;
  const write = (stepMs: number) => {
    const originMs = retrieval.clock.nowMs();
    return retrieval.write(forecastMessage({ series, stepMs, originMs, producedAtMs: originMs }));
  };
  await write(60_000);
  strictEqual(await stepOf(), 60_000);
  await retrieval.clock.advance(61_000);
  await write(30_000);
  strictEqual(await stepOf(), 30_000);
});

Deno.test("GET /series/{id}/samples of a series without samples says why", async () => {
  await using retrieval = await openRetrieval();
  const series = seriesOf("gone");
  await retrieval.write(forecastMessage({ series }));
  const body = await retrieval.body(`/series/${series.id}/samples`);
  ok(body.values.every((value: unknown) => value === null));
  match(body.reason, /no sample/);
});

Deno.test("reads answer 304 to who has them", async () => {
  await using retrieval = await openRetrieval();
  await retrieval.write(statisticsMessage());
  const path = `/series/${seriesOf("requests").id}/statistics?window=1h`;
  const etag = (await retrieval.request(path)).headers.get("etag") ?? "";
  strictEqual((await retrieval.request(path, { headers: { "if-none-match": etag } })).status, 304);
  await retrieval.write(statisticsMessage({ toMs: 2 * HOUR, producedAtMs: 2 * HOUR }));
  strictEqual((await retrieval.request(path, { headers: { "if-none-match": etag } })).status, 200);
});
