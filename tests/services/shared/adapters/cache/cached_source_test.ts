import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { createCachedSource } from "../../../../../services/shared/adapters/cache/cached_source.ts";
import { createDemoSource, DEMO_STEP_MS } from "../../../../../services/shared/adapters/demo/demo_source.ts";
import { openPrometheusSource } from "../../../../../services/shared/adapters/prometheus/prometheus_source.ts";
import { DomainError } from "../../../../../services/shared/domain/errors.ts";
import { exactSelector } from "../../../../../services/shared/domain/selector.ts";
import type {
  MetricsSource,
  RangeQuery,
  RangeReading,
} from "../../../../../services/shared/ports/metrics_source.ts";
import { systemClock } from "../../../../../services/shared/runtime/clock.ts";
import { contractHistory, metricsSourceContract } from "../../../../contracts/metrics_source.ts";
import { openPrometheus } from "../../../../servers/prometheus.ts";
import { serverTest } from "../../../../servers/server_tests.ts";

const START_MS = Date.UTC(2026, 4, 17, 13, 0);
const HOUR = 3_600_000;
const STEP = DEMO_STEP_MS;

/** The demo behind a record of what is asked of it, at a time that the test moves. */
function openWorld(options: { change?: (reading: RangeReading, query: RangeQuery) => RangeReading } = {}) {
  let nowMs = START_MS;
  const clock = { nowMs: () => nowMs, sleep: () => Promise.resolve() };
  const demo = createDemoSource({ clock });
  const asked: RangeQuery[] = [];
  const recorded: MetricsSource = {
    ...demo,
    async read(query, signal) {
      asked.push(query);
      const reading = await demo.read(query, signal);
      return options.change?.(reading, query) ?? reading;
    },
  };
  return {
    clock,
    demo,
    recorded,
    asked,
    advance: (durationMs: number) => {
      nowMs += durationMs;
    },
    window: (expression: string, durationMs: number): RangeQuery => {
      const toMs = Math.floor(nowMs / STEP) * STEP;
      return { expression, fromMs: toMs - durationMs, toMs, stepMs: STEP };
    },
  };
}

function same(actual: RangeReading, wanted: RangeReading): void {
  const plain = (reading: RangeReading) =>
    reading.series.map((each) => [exactSelector(each.labels), each.startMs, each.stepMs, [...each.values]])
      .sort();
  deepStrictEqual(plain(actual), plain(wanted));
}

Deno.test("createCachedSource() over the demo keeps the contract of MetricsSource", async (t) => {
  const { recorded, clock } = openWorld();
  await using source = createCachedSource(recorded, { clock });
  await metricsSourceContract(t, { source, toMs: START_MS, hasExtra: false });
});

serverTest(
  { starts: ["prometheus"] },
  "createCachedSource() over Prometheus keeps the contract of MetricsSource",
  async (t) => {
    const toMs = Math.floor(Date.now() / STEP) * STEP;
    await using server = await openPrometheus({ history: contractHistory(toMs) });
    const prometheus = openPrometheusSource({ url: server.url, clock: systemClock });
    await using source = createCachedSource(prometheus, { clock: systemClock });
    await metricsSourceContract(t, { source, toMs, hasExtra: true });
  },
);

Deno.test("createCachedSource() asks for the tail and a small overlap only", async () => {
  const { recorded, demo, asked, clock, advance, window } = openWorld();
  await using source = createCachedSource(recorded, { clock });
  await source.read(window("node_load1", 24 * HOUR));
  for (let cycle = 0; cycle < 300; cycle++) {
    advance(2 * STEP);
    const query = window("node_load1", 24 * HOUR);
    same(await source.read(query), await demo.read(query));
  }
  strictEqual(asked.length, 301);
  const steps = asked.slice(1).map(({ fromMs, toMs }) => (toMs - fromMs) / STEP);
  ok(Math.max(...steps) <= 5, `read ${Math.max(...steps)} steps`);
});

Deno.test("createCachedSource() reads what a longer or earlier window lacks, and that alone", async () => {
  const { recorded, demo, asked, clock, window } = openWorld();
  await using source = createCachedSource(recorded, { clock });
  await source.read(window("go_goroutines", HOUR));
  const longer = window("go_goroutines", 3 * HOUR);
  same(await source.read(longer), await demo.read(longer));
  strictEqual((asked[1].toMs - asked[1].fromMs) / HOUR, 2);
  const earlier = { ...longer, fromMs: longer.fromMs - HOUR, toMs: longer.fromMs - HOUR / 2 };
  same(await source.read(earlier), await demo.read(earlier));
  strictEqual((asked[2].toMs - asked[2].fromMs) / HOUR, 1);
  same(await source.read(longer), await demo.read(longer));
  strictEqual(asked.length, 3);
});

Deno.test("createCachedSource() shares one request among equal reads", async () => {
  const { recorded, asked, clock, window } = openWorld();
  await using source = createCachedSource(recorded, { clock });
  await Promise.all(Array.from({ length: 50 }, () => source.read(window("node_load1", HOUR))));
  strictEqual(asked.length, 1);
});

Deno.test("createCachedSource() lets a reader go without harm to those that wait with it", async () => {
  const { recorded, clock, window } = openWorld();
  await using source = createCachedSource(recorded, { clock });
  const impatient = new AbortController();
  const first = source.read(window("node_load1", HOUR), impatient.signal);
  const second = source.read(window("node_load1", HOUR));
  impatient.abort(new Error("gone"));
  await rejects(first, /gone/);
  strictEqual((await second).series.length, 1);
});

Deno.test("createCachedSource() sees a sample that comes late", async () => {
  let isLate = true;
  const { recorded, demo, clock, advance, window } = openWorld({
    change: (reading, { toMs }) => {
      if (isLate && toMs === START_MS) reading.series[0].values[reading.series[0].values.length - 1] = NaN;
      return reading;
    },
  });
  await using source = createCachedSource(recorded, { clock });
  const query = window("node_load1", HOUR);
  ok(Number.isNaN((await source.read(query)).series[0].values.at(-1)));
  isLate = false;
  advance(STEP);
  await source.read(window("node_load1", HOUR));
  same(await source.read(query), await demo.read(query));
});

Deno.test("createCachedSource() follows series that vanish and return", async () => {
  let isGone = false;
  const { recorded, clock, advance, window } = openWorld({
    change: (reading) => isGone ? { ...reading, series: [] } : reading,
  });
  await using source = createCachedSource(recorded, { clock });
  await source.read(window("node_load1", HOUR));
  isGone = true;
  for (let i = 0; i < 30; i++) {
    advance(5 * STEP);
    await source.read(window("node_load1", HOUR));
  }
  deepStrictEqual((await source.read(window("node_load1", HOUR))).series, []);
  isGone = false;
  advance(5 * STEP);
  const [{ values }] = (await source.read(window("node_load1", HOUR))).series;
  ok(Number.isNaN(values[0]) && !Number.isNaN(values.at(-1)));
});

Deno.test("createCachedSource() marks an incomplete reading and reads it again", async () => {
  let incomplete = true;
  const { recorded, demo, clock, window } = openWorld({
    change: (reading) => incomplete ? { series: [], warnings: ["store is down"], incomplete } : reading,
  });
  await using source = createCachedSource(recorded, { clock });
  const query = window("node_load1", HOUR);
  deepStrictEqual(await source.read(query), { series: [], warnings: ["store is down"], incomplete: true });
  incomplete = false;
  same(await source.read(query), await demo.read(query));
});

Deno.test("createCachedSource() passes a failure on, keeps what it has, and goes on afterwards", async () => {
  let isDown = false;
  const { recorded, demo, clock, advance, window } = openWorld({
    change: (reading) => {
      if (isDown) throw new DomainError("unavailable", "down");
      return reading;
    },
  });
  await using source = createCachedSource(recorded, { clock });
  await source.read(window("node_load1", HOUR));
  isDown = true;
  advance(10 * STEP);
  await rejects(source.read(window("node_load1", HOUR)), { code: "unavailable" });
  isDown = false;
  const query = window("node_load1", HOUR);
  same(await source.read(query), await demo.read(query));
});

Deno.test("createCachedSource() answers a single series from the selector that reads it already", async () => {
  const { recorded, demo, asked, clock, advance, window } = openWorld();
  await using source = createCachedSource(recorded, { clock });
  const { series } = await source.read(window("http_requests_total", 24 * HOUR));
  advance(STEP);
  const one = window(exactSelector(series[0].labels), HOUR);
  same(await source.read(one), await demo.read(one));
  strictEqual(asked.length, 2);
  strictEqual(asked[1].expression, "http_requests_total");
  ok((asked[1].toMs - asked[1].fromMs) / STEP <= 5);
});

Deno.test("createCachedSource() keeps its memory bounded and forgets what was not used for longest", async () => {
  const { recorded, asked, clock, advance, window } = openWorld();
  await using source = createCachedSource(recorded, { clock, valuesMax: 2_000 });
  for (const name of ["node_load1", "go_goroutines", "up", "cache_hit_ratio"]) {
    await source.read(window(name, 5 * HOUR));
    advance(1);
  }
  const before = asked.length;
  await source.read(window("cache_hit_ratio", 5 * HOUR));
  strictEqual(asked.length, before);
  await source.read(window("node_load1", 5 * HOUR));
  strictEqual(asked.length, before + 1);
});

Deno.test("createCachedSource() starts anew after a long pause instead of reading all of it", async () => {
  const { recorded, demo, asked, clock, advance, window } = openWorld();
  await using source = createCachedSource(recorded, { clock });
  await source.read(window("node_load1", HOUR));
  advance(60 * 24 * HOUR);
  const query = window("node_load1", HOUR);
  same(await source.read(query), await demo.read(query));
  strictEqual((asked[1].toMs - asked[1].fromMs) / HOUR, 1);
});

Deno.test("createCachedSource() reads the sample under way again once it may be there", async () => {
  const { recorded, clock, advance } = openWorld();
  await using source = createCachedSource(recorded, { clock });
  const query = { expression: "up", fromMs: START_MS - HOUR, toMs: START_MS + 2 * STEP, stepMs: STEP };
  const observed = async () =>
    (await source.read(query)).series[0].values.filter((value) => value === 1).length;
  strictEqual(await observed(), 121);
  advance(STEP);
  strictEqual(await observed(), 122);
});
