import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { summarize } from "@pronoia/analytics";
import { EtlConfig } from "../../../services/etl/config.ts";
import type { Cycle } from "../../../services/etl/cycle_log.ts";
import { createCachedSource } from "../../../services/shared/adapters/cache/cached_source.ts";
import { createDemoSource, DEMO_STEP_MS } from "../../../services/shared/adapters/demo/demo_source.ts";
import { DomainError } from "../../../services/shared/domain/errors.ts";
import { seriesId } from "../../../services/shared/domain/labels.ts";
import type { ResultMessage } from "../../../services/shared/domain/messages.ts";
import { shardOf } from "../../../services/shared/domain/shard.ts";
import type { MessageBus } from "../../../services/shared/ports/message_bus.ts";
import type { MetricsSource } from "../../../services/shared/ports/metrics_source.ts";
import type { ShardOwnership } from "../../../services/shared/ports/shard_ownership.ts";
import { openEtl } from "../../support/etl.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { ALL_SHARDS, createMovingShards, EVEN_SHARDS } from "../../support/moving_shards.ts";
import { until } from "../../support/until.ts";

const NOW_MS = Date.UTC(2026, 4, 17, 13, 37, 12);
const EVERYTHING = { ETL_SELECTORS: '{__name__=~".+"}' };
const A_FEW = {
  ETL_SELECTORS: "node_load1\nup\ncache_hit_ratio\nnode_cpu_seconds_total\n{__name__=~'.+_info'}",
};

interface WorldOptions {
  readonly variables?: Record<string, string>;
  readonly changeSource?: (source: MetricsSource) => MetricsSource;
  readonly changeBus?: (bus: MessageBus) => MessageBus;
  readonly shards?: ShardOwnership;
}

/** The etl over the demo, at a time that the test moves. */
function openWorld(options: WorldOptions = {}) {
  const { variables = {}, changeSource = (it) => it, ...rest } = options;
  const clock = new FakeClock(NOW_MS);
  const demo = createDemoSource({ clock });
  const config = EtlConfig.parse({
    PROMETHEUS_URL: "http://unused",
    KAFKA_BROKERS: "unused:1",
    ...A_FEW,
    ...variables,
  });
  const etl = openEtl({ config, source: createCachedSource(changeSource(demo), { clock }), clock, ...rest });
  return {
    ...etl,
    demo,
    messages: async (): Promise<ResultMessage[]> =>
      (await etl.published()).map(({ raw: { key, headers }, message }) => {
        strictEqual(key, message.series.id);
        deepStrictEqual([headers.kind, headers.version], [message.kind, "1"]);
        ok(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/.test(headers.traceparent));
        return message;
      }),
  };
}

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
  strictEqual((await world.get("/cycles/1")).status, 404);
  strictEqual((await world.get("/cycles/nonsense")).status, 422);
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

Deno.test("startEtl() goes on with the other metrics when one cannot be read", async () => {
  await using world = openWorld({
    changeSource: (source) => ({
      ...source,
      read: (query, signal) =>
        query.expression.includes("node_load1")
          ? Promise.reject(new DomainError("unavailable", "its block is damaged"))
          : source.read(query, signal),
    }),
  });
  const cycle = await world.untilCycles(1);
  deepStrictEqual([cycle.state, cycle.dropped], ["done", 1]);
  const { body } = await world.get(`/cycles/${cycle.id}/series`);
  const dropped = body.items.filter(({ state }: { state: string }) => state === "dropped");
  deepStrictEqual(
    dropped.map(({ series, reason }: { series: { name: string }; reason: string }) => [series.name, reason]),
    [
      ["node_load1", "Its samples could not be read: its block is damaged"],
    ],
  );
});

Deno.test("startEtl() drops series without usable values, with the reason", async () => {
  await using world = openWorld({
    changeSource: (source) => ({
      ...source,
      async read(query, signal) {
        const reading = await source.read(query, signal);
        return query.expression.includes('"up"') ? { ...reading, series: [] } : reading;
      },
    }),
  });
  const cycle = await world.untilCycles(1);
  const { body } = await world.get(`/cycles/${cycle.id}/series`);
  const up = body.items.find(({ series }: { series: { name: string } }) => series.name === "up");
  deepStrictEqual([up.state, up.reason], ["dropped", "There are no usable values in the window"]);
});

Deno.test("startEtl() fails a cycle without its source, publishes nothing, and recovers", async () => {
  let isDown = true;
  await using world = openWorld({
    changeSource: (source) => {
      const guard =
        <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) => (...args: Args) =>
          isDown ? Promise.reject(new DomainError("unavailable", "connection refused")) : work(...args);
      return {
        ...source,
        nowMs: guard(source.nowMs),
        discover: guard(source.discover),
        read: guard(source.read),
        ping: guard(source.ping),
      };
    },
  });
  const failed = await world.untilCycles(1);
  deepStrictEqual([failed.state, failed.reason], ["failed", "connection refused"]);
  deepStrictEqual(await world.messages(), []);
  const { status, body } = await world.get("/readyz");
  strictEqual(status, 503);
  ok(body.dependencies.metrics_source.reason.includes("connection refused"));
  isDown = false;
  await until(() => world.clock.sleeping > 0);
  await world.clock.advance(60_000);
  strictEqual((await world.untilCycles(2)).state, "done");
});

Deno.test("startEtl() loses no metadata to a bus that was down", async () => {
  let isDown = true;
  await using world = openWorld({
    changeBus: (bus) =>
      new Proxy(bus, {
        get: (target, name) => {
          const value = Reflect.get(target, name);
          if (name === "publish" && isDown) {
            return () => Promise.reject(new DomainError("unavailable", "broker down"));
          }
          return typeof value === "function" ? value.bind(target) : value;
        },
      }),
  });
  deepStrictEqual([(await world.untilCycles(1)).state, (await world.untilCycles(1)).reason], [
    "failed",
    "broker down",
  ]);
  isDown = false;
  await until(() => world.clock.sleeping > 0);
  await world.clock.advance(60_000);
  const { state, published, kept } = await world.untilCycles(2);
  deepStrictEqual([state, published], ["done", {
    metadata: kept,
    statistics: 3 * kept,
    forecast: 2 * kept,
  }]);
});

Deno.test("startEtl() never overlaps cycles, and counts one that takes too long", async () => {
  const held = Promise.withResolvers<void>();
  let reads = 0;
  await using world = openWorld({
    changeSource: (source) => ({
      ...source,
      async discover(selection, signal) {
        reads++;
        await held.promise;
        return await source.discover(selection, signal);
      },
    }),
  });
  await until(() => reads === 1);
  await world.clock.advance(150_000);
  strictEqual(reads, 1);
  held.resolve();
  const cycle = await world.untilCycles(1);
  ok(cycle.overran);
  strictEqual((await world.get("/cycles")).body.overruns, 1);
  ok((await world.metrics.expose()).includes("pronoia_etl_cycle_overruns_total 1"));
});

Deno.test("startEtl() ends at once in the middle of a cycle", async () => {
  const world = openWorld();
  await until(async () => (await world.get("/cycles")).body.items.length > 0);
  await world[Symbol.asyncDispose]();
});

for (
  const [variable, value] of [
    ["ETL_INTERVAL", "soon"],
    ["ETL_INTERVAL", "0s"],
    ["ETL_SERIES_MAX", "-1"],
    ["ETL_SELECTORS", " \n "],
    ["ETL_SEED", "x"],
    ["ETL_WINDOWS", "1h,never"],
  ] as const
) {
  Deno.test(`EtlConfig rejects ${variable}=${JSON.stringify(value)}`, () => {
    const parsed = EtlConfig.safeParse({
      PROMETHEUS_URL: "http://x",
      KAFKA_BROKERS: "x:1",
      [variable]: value,
    });
    deepStrictEqual(parsed.error?.issues.map(({ path }) => path[0]), [variable]);
  });
}

Deno.test("startEtl() analyses the series of its own shards alone and tells which are another's", async () => {
  await using world = openWorld({ variables: EVERYTHING, shards: createMovingShards(EVEN_SHARDS) });
  const { id, found, kept, dropped, elsewhere, published } = await world.untilCycles(1);
  ok(kept > 0 && elsewhere > 0);
  deepStrictEqual([kept + elsewhere, dropped], [found, 0]);
  strictEqual(published.statistics, 3 * kept);
  const { items } = (await world.get(`/cycles/${id}/series?limit=1000`)).body;
  strictEqual(items.length, found);
  for (const { series, state } of items) {
    strictEqual(state, EVEN_SHARDS.has(shardOf(series.id)) ? "kept" : "elsewhere");
  }
  ok((await world.messages()).every(({ series }) => EVEN_SHARDS.has(shardOf(series.id))));
  const text = await world.metrics.expose();
  ok(text.includes("pronoia_shards_owned 32\n"), text);
});

Deno.test("startEtl() begins a cycle at once for shards it gains, and forgets those it lost", async () => {
  const shards = createMovingShards(new Set());
  await using world = openWorld({ variables: EVERYTHING, shards });
  strictEqual((await world.get("/cycles", { method: "POST" })).status, 409, "nothing to work on yet");
  shards.move(EVEN_SHARDS);
  const first = await world.untilCycles(1);
  await until(() => world.clock.sleeping > 0);
  // While a group settles, everybody owns nothing for a moment.
  shards.move(new Set());
  shards.move(ALL_SHARDS);
  const second = await world.untilCycles(2);
  deepStrictEqual([second.kept, second.elsewhere], [first.found, 0]);
  strictEqual(
    second.published.metadata,
    first.elsewhere,
    "the new ones in full, the others have nothing new",
  );
  await until(() => world.clock.sleeping > 0);
  shards.move(EVEN_SHARDS);
  await world.clock.advance(60_000);
  strictEqual((await world.untilCycles(3)).kept, first.kept);
  await until(() => world.clock.sleeping > 0);
  shards.move(ALL_SHARDS);
  strictEqual(
    (await world.untilCycles(4)).published.metadata,
    first.elsewhere,
    "in full again: they were forgotten",
  );
});
