import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { summarize } from "@pronoia/analytics";
import type { Cycle } from "../../../services/etl/record/cycle_log.ts";
import { DEMO_STEP_MS } from "../../../services/shared/adapters/demo/demo_source.ts";
import { seriesId } from "../../../services/shared/domain/labels.ts";
import { until } from "../../support/until.ts";
import { EVERYTHING, NOW_MS, openWorld } from "./_open_world.ts";

Deno.test("startEtl() publishes metadata, statistics and a forecast of every series in its first cycle", async () => {
  await using world = openWorld({ variables: EVERYTHING });
  const cycle = await world.untilCycles(1);
  deepStrictEqual([cycle.state, cycle.reason, cycle.dropped], ["done", undefined, 0]);
  ok(cycle.kept >= 20);
  strictEqual(cycle.leftOut[0].series, 1);
  // Forecasts twice: by a quick choice first, then by a full one.
  deepStrictEqual(cycle.published, {
    metadata: cycle.kept,
    statistics: 3 * cycle.kept,
    forecast: 2 * cycle.kept,
  });

  const messages = await world.messages();
  const toMs = Math.floor((NOW_MS - 5_000) / DEMO_STEP_MS) * DEMO_STEP_MS;
  const load = messages.filter(({ series }) => series.name === "node_load1");
  deepStrictEqual(load.map(({ kind }) => kind).sort(), [
    "forecast",
    "forecast",
    "metadata",
    "statistics",
    "statistics",
    "statistics",
  ]);
  const forecasts = load.filter((message) => message.kind === "forecast");
  deepStrictEqual(forecasts.map(({ quick }) => quick), [true, undefined]);
  ok(forecasts[1].producedAtMs > forecasts[0].producedAtMs, "the full choice wins");
  for (const message of load) {
    ok(message.producedAtMs >= NOW_MS);
    strictEqual(message.series.id, seriesId({ __name__: "node_load1", ...message.series.labels }));
    if (message.kind === "statistics") {
      strictEqual(message.toMs, toMs);
      const reading = await world.demo.read({
        expression: "node_load1",
        fromMs: message.fromMs,
        toMs,
        stepMs: DEMO_STEP_MS,
      });
      const { min, max, mean, standardDeviation } = summarize(reading.series[0].values);
      deepStrictEqual([message.min, message.max, message.mean, message.standardDeviation], [
        min,
        max,
        mean,
        standardDeviation,
      ]);
    }
    if (message.kind === "forecast") {
      strictEqual(message.originMs, toMs - DEMO_STEP_MS);
      strictEqual(message.mean.length, 20);
    }
    if (message.kind === "metadata") deepStrictEqual([message.toMs, message.stepMs], [toMs, DEMO_STEP_MS]);
  }
  const temperature = messages.find(({ kind, series }) =>
    kind === "metadata" && series.name === "node_hwmon_temp_celsius"
  );
  ok(temperature?.kind === "metadata" && temperature.seasonality.periods[0] === 3_600_000);
  const errors = messages.find(({ series }) => series.name === "node_edac_correctable_errors_total");
  strictEqual(errors?.series.unit, "per second");
});

Deno.test("startEtl() publishes what is new in each further cycle, metadata when it is due again", async () => {
  await using world = openWorld({ variables: { ETL_METADATA_INTERVAL: "3m" } });
  const first = await world.untilCycles(1);
  for (let cycle = 2; cycle <= 4; cycle++) {
    await until(() => world.clock.sleeping > 0);
    await world.clock.advance(60_000);
    const { published, kept } = await world.untilCycles(cycle);
    deepStrictEqual(published, {
      metadata: cycle === 4 ? kept : 0,
      statistics: 3 * kept,
      forecast: cycle === 4 ? 2 * kept : kept,
    });
  }
  strictEqual(first.kept, (await world.untilCycles(4)).kept);
});

Deno.test("startEtl() begins anew with a series whose type turns out to be another", async () => {
  let isKnown = false;
  await using world = openWorld({
    variables: { ETL_SELECTORS: "node_network_receive_bytes_total" },
    changeSource: (source) => ({
      ...source,
      async discover(selection, signal) {
        const { series, ...rest } = await source.discover(selection, signal);
        return { ...rest, series: series.map((each) => isKnown ? each : { ...each, type: "gauge" }) };
      },
    }),
  });
  await world.untilCycles(1);
  isKnown = true;
  const before = (await world.messages()).length;
  const { published } = await world.runCycle();
  deepStrictEqual([published.metadata, published.forecast], [1, 2]);
  for (const message of (await world.messages()).slice(before)) {
    strictEqual(message.series.type, "counter");
    // A rate is millions a second, what has been counted a million times that.
    if (message.kind === "forecast") ok(message.mean.every((value) => value < 1e8), `${message.mean[0]}`);
  }
});

Deno.test("startEtl() chooses for a young series again once twice as much of it is known", async () => {
  const bornMs = NOW_MS - 2 * 60_000;
  await using world = openWorld({
    variables: { ETL_SELECTORS: "node_load1" },
    changeSource: (source) => ({
      ...source,
      async read(query, signal) {
        const reading = await source.read(query, signal);
        const series = reading.series.map((each) => ({
          ...each,
          values: each.values.map((value, k) => each.startMs + k * each.stepMs < bornMs ? NaN : value),
        }));
        return { ...reading, series };
      },
    }),
  });
  const chosen: number[] = [];
  for (let cycle = 1; cycle <= 7; cycle++) {
    if (cycle > 1) {
      await until(() => world.clock.sleeping > 0);
      await world.clock.advance(60_000);
    }
    const { published, kept } = await world.untilCycles(cycle);
    if (published.forecast > kept) chosen.push(cycle);
    strictEqual(published.forecast, chosen.at(-1) === cycle ? 2 * kept : kept);
  }
  // With 1.5, 3.5 and 6.5 minutes known, where half an interval less than twice as much is enough.
  deepStrictEqual(chosen, [1, 3, 6]);
});

Deno.test("startEtl() gives no turn to series without values, which would be the first in every cycle", async () => {
  await using world = openWorld({
    changeSource: (source) => ({
      ...source,
      async discover(selection, signal) {
        const discovery = await source.discover(selection, signal);
        const silent = Array.from({ length: 100 }, (_, k) => ({
          ...discovery.series[0],
          labels: { __name__: "silent", number: `${k}` },
          expression: '{__name__="silent"}',
        }));
        return { ...discovery, series: [...silent, ...discovery.series] };
      },
    }),
  });
  const { kept, dropped, published } = await world.untilCycles(1);
  deepStrictEqual([dropped, published.forecast], [100, 2 * kept]);
});

Deno.test("startEtl() tells how long each function takes, metadata and value functions apart", async () => {
  await using world = openWorld();
  await world.untilCycles(1);
  const { body } = await world.get("/timings");
  const kind = new Map<string, string>(
    body.items.map((item: { name: string; kind: string }) => [item.name, item.kind]),
  );
  deepStrictEqual(["acf", "judgeStationarity", "findPeriods"].map((name) => kind.get(name)), [
    "metadata",
    "metadata",
    "metadata",
  ]);
  deepStrictEqual(["summarize", "forecast"].map((name) => kind.get(name)), ["value", "value"]);
  deepStrictEqual(["discover", "read", "publish"].map((name) => kind.get(name)), ["stage", "stage", "stage"]);
  for (const { count, last, mean, p95 } of body.items) ok(count > 0 && last >= 0 && mean >= 0 && p95 >= 0);
});

Deno.test("startEtl() runs a cycle on request, one at a time", async () => {
  await using world = openWorld();
  const early = await world.get("/cycles", { method: "POST" });
  ok(early.status === 409, `${early.status}`);
  await world.untilCycles(1);
  await until(() => world.clock.sleeping > 0);
  const { status, headers, body } = await world.get("/cycles", { method: "POST" });
  strictEqual(status, 202);
  strictEqual(headers.get("location"), `cycles/${body.id}`);
  await world.untilCycles(2);
  const { body: one } = await world.get(`/${headers.get("location")}`);
  deepStrictEqual([one.state, one.published], ["done", { metadata: 0, statistics: 0, forecast: 0 }]);
  for (const id of ["1", "nonsense"]) {
    const cycle = await world.get(`/cycles/${id}`);
    const detail = `No cycle "${id}" is remembered: /cycles lists those that are`;
    deepStrictEqual([cycle.status, cycle.body.detail], [404, detail]);
    const series = await world.get(`/cycles/${id}/series`);
    const of = `No series of a cycle "${id}" are remembered: those of the newest in /cycles are`;
    deepStrictEqual([series.status, series.body.detail], [404, of]);
  }
});

Deno.test("startEtl() tells the series of a cycle, page by page", async () => {
  await using world = openWorld({ variables: { ...EVERYTHING, ETL_SERIES_MAX: "15" } });
  const cycle = await world.untilCycles(1);
  ok(cycle.warnings.some((warning) => warning.includes("ETL_SERIES_MAX is 15")));
  const names: string[] = [];
  let cursor = "";
  do {
    const { body } = await world.get(`/cycles/${cycle.id}/series?limit=7${cursor}`);
    for (const { series, state, reason } of body.items) {
      names.push(series.id);
      strictEqual(reason, state === "dropped" ? "Beyond ETL_SERIES_MAX=15" : undefined);
    }
    cursor = body.nextCursor === null ? "" : `&cursor=${body.nextCursor}`;
  } while (cursor !== "");
  strictEqual(new Set(names).size, cycle.found);
  strictEqual(names.length, cycle.found);
});

Deno.test("startEtl() tells how far a cycle is while it runs, and of each series what is known", async () => {
  const held = Promise.withResolvers<void>();
  await using world = openWorld({
    changeSource: (source) => ({
      ...source,
      async read(query, signal) {
        if (query.expression.includes("node_load1")) await held.promise;
        return await source.read(query, signal);
      },
    }),
  });
  const newest = async (): Promise<Cycle> => (await world.get("/cycles")).body.items[0];
  await until(async () => {
    const cycle: Cycle | undefined = await newest();
    return cycle?.found > 0 && cycle.progress.done === cycle.found - 1;
  });
  const { id, state, progress, found } = await newest();
  deepStrictEqual([state, progress], ["running", { stage: "figures", done: found - 1, total: found }]);
  const { status, body } = await world.get(`/cycles/${id}/series`);
  deepStrictEqual([status, body.items.length], [200, found - 1]);
  held.resolve();
  const ended = await world.untilCycles(1);
  deepStrictEqual(ended.progress, { stage: "turns", done: found, total: found });
  strictEqual((await world.get(`/cycles/${id}/series`)).body.items.length, found);
});

Deno.test("startEtl() looks again soon while it has found no series yet, and not once it had found some", async () => {
  let isBorn = false;
  await using world = openWorld({
    changeSource: (source) => ({
      ...source,
      async discover(selection, signal) {
        const discovery = await source.discover(selection, signal);
        return isBorn ? discovery : { ...discovery, series: [] };
      },
    }),
  });
  const startOf = async (cycle: number) => (await world.untilCycles(cycle)).startedAtMs - NOW_MS;
  const starts = [await startOf(1)];
  for (const cycle of [2, 3]) {
    await until(() => world.clock.sleeping > 0);
    isBorn = cycle === 3;
    await world.clock.advance(10_000);
    starts.push(await startOf(cycle));
  }
  isBorn = false;
  await until(() => world.clock.sleeping > 0);
  await world.clock.advance(60_000);
  starts.push(await startOf(4));
  // Then by the minute again, 6 s after the full one.
  deepStrictEqual(starts, [0, 10_000, 20_000, 54_000]);
});
