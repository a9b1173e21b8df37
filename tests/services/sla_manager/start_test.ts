import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert/strict";
import { createSoleOwner } from "../../../services/shared/adapters/embedded/sole_owner.ts";
import { openSqlSlaStore } from "../../../services/shared/adapters/slas/sql_sla_store.ts";
import { openSqliteConnection } from "../../../services/shared/adapters/sqlite/sqlite_connection.ts";
import { type ConfigError, readConfig } from "../../../services/shared/runtime/config/config.ts";
import { configureLog, resetLog } from "../../../services/shared/runtime/log.ts";
import { createMetrics } from "../../../services/shared/runtime/metrics.ts";
import { SlaManagerConfig } from "../../../services/sla_manager/config.ts";
import { applySlaFile, readSlaFile } from "../../../services/sla_manager/definitions/apply_file.ts";
import { DEFAULT_SETTINGS } from "../../../services/sla_manager/settings.ts";
import { startSlaManager } from "../../../services/sla_manager/start.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { createScriptedSource } from "../../support/scripted_source.ts";
import { openSlaManager, START_MS } from "../../support/sla_manager.ts";
import { until } from "../../support/until.ts";

const FILE = JSON.stringify([
  { name: "up", expression: "up", min: 1, target: 0.99 },
  { name: "refused", expression: "sum(", max: 1 },
  { name: "derived", expression: "up" },
]);

Deno.test("startSlaManager() applies the file once the source is there, evaluates, shows gauges, and ends", async () => {
  const clock = new FakeClock(START_MS);
  const source = createScriptedSource({ clock, stepMs: 15_000 });
  source.series.set("up", [{ labels: { __name__: "up" }, valueAt: () => 1 }]);
  source.down = true;
  await using store = openSqlSlaStore(openSqliteConnection({ path: ":memory:" }));
  const lines: string[] = [];
  configureLog({ service: "test", format: "text", write: (line) => lines.push(line) });
  using cleanup = new DisposableStack();
  cleanup.defer(resetLog);
  const stop = new AbortController();
  const manager = startSlaManager({
    shards: createSoleOwner(),
    source,
    store,
    clock,
    metrics: createMetrics(),
    settings: { ...DEFAULT_SETTINGS, settleMs: 0 },
    drafts: readSlaFile(FILE),
    signal: stop.signal,
  });
  const untilOnTheWay = (holds: () => boolean | Promise<boolean>) =>
    until(async () => {
      await clock.advance(1_000);
      return await holds();
    });
  await clock.advance(10_000);
  strictEqual(manager.evaluator.slas.entries().length, 0);
  source.down = false;
  await untilOnTheWay(() =>
    manager.evaluator.slas.entries().length === 2 &&
    manager.evaluator.slas.entries().every(({ view }) => view !== null)
  );
  await untilOnTheWay(() => manager.evaluator.slas.entries()[0].progress?.backfill.done === true);
  await untilOnTheWay(() =>
    lines.some((line) => /the past of an SLA is read in: 29 d 2\d h (\d+ min )?(\d+ s )?of 29 d /.test(line))
  );
  const { id } = manager.evaluator.slas.entries()[0].sla;
  const budget = await (await manager.app.request(`/slas/${id}/budget`)).json();
  strictEqual(budget.backfill, "done");
  ok(budget.backfillTotalMs > 29 * 86_400_000);
  strictEqual(budget.backfillDoneMs, budget.backfillTotalMs);
  let text = "";
  await untilOnTheWay(async () => {
    text = await (await manager.app.request("/metrics")).text();
    // Of the budget nothing is told before its past is counted.
    return text.includes('pronoia_sla_breach_probability{sla="up"} 0') &&
      text.includes("pronoia_sla_budget_remaining_ratio{");
  });
  ok(text.includes('pronoia_sla_state{sla="up"} 0'), text);
  ok(/pronoia_sla_budget_remaining_ratio\{sla="up"\} 1/.test(text));
  ok(text.includes("pronoia_sla_gauges_left_out 0"));
  const ready = await (await manager.app.request("/readyz")).json();
  deepStrictEqual(Object.keys(ready.dependencies), ["metrics_source", "store", "shards"]);
  stop.abort();
  await manager.done;
});

Deno.test("startSlaManager() deletes all hours that are too old, not one portion", async () => {
  const clock = new FakeClock(START_MS);
  await using store = openSqlSlaStore(openSqliteConnection({ path: ":memory:" }));
  const before = openSlaManager({ clock, store });
  const { body: { id } } = await before.json("POST", "/slas", { name: "a", expression: "up", min: 1 });
  const { version, progress } = (await store.progress.load(id, 0))!;
  const buckets = Array.from({ length: 2_500 }, (_, k) => ({
    seriesId: "0123456789abcdef",
    hourMs: START_MS - (92 * 24 + k) * 3_600_000,
    goodMs: 1,
    badMs: 0,
    missingMs: 0,
  }));
  const step = { slaId: id, revision: 1, version, progress, reset: false, buckets };
  await store.progress.commit([{ ...step, series: [], forgotten: [], events: [], messages: [] }]);
  const stop = new AbortController();
  const manager = startSlaManager({
    shards: createSoleOwner(),
    source: before.source,
    store,
    clock,
    metrics: createMetrics(),
    settings: DEFAULT_SETTINGS,
    signal: stop.signal,
  });
  await until(async () => {
    const left = (await store.progress.load(id, 0))!.buckets;
    return !left.some(({ goodMs }) => goodMs === 1);
  }, "the end of the old hours");
  stop.abort();
  await manager.done;
});

Deno.test("applySlaFile() changes nothing when it is applied again", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("up", [{ labels: { __name__: "up" }, valueAt: (timeMs) => timeMs % 7 }]);
  const drafts = readSlaFile(FILE).filter(({ name }) => name !== "refused");
  deepStrictEqual(await applySlaFile(manager.evaluator, drafts), { created: 2, replaced: 0, unchanged: 0 });
  await manager.clock.advance(3_600_000);
  deepStrictEqual(await applySlaFile(manager.evaluator, drafts), { created: 0, replaced: 0, unchanged: 2 });
  const changed = drafts.map((draft) => draft.name === "up" ? { ...draft, min: 0 } : draft);
  deepStrictEqual(await applySlaFile(manager.evaluator, changed), { created: 0, replaced: 1, unchanged: 1 });
});

Deno.test("readSlaFile() names every wrong field", () => {
  const text = JSON.stringify([{ name: "a", expression: "up", min: 2, max: 1 }, {
    name: "",
    expression: "up",
    mx: 1,
  }]);
  throws(() => readSlaFile(text), (error: Error) => {
    ok(error.message.includes("[0].max must not be below min"), error.message);
    ok(error.message.includes("[1].name must not be blank"), error.message);
    return true;
  });
  throws(
    () => readSlaFile(JSON.stringify([{ name: "a", expression: "b" }, { name: "a", expression: "c" }])),
    /unique/,
  );
  throws(() => readSlaFile("{"), /must be JSON/);
});

Deno.test("the configuration names every wrong variable at once", () => {
  const env = {
    PROMETHEUS_URL: "prometheus",
    SLA_INTERVAL: "soon",
    SLA_RISK_THRESHOLD: "2",
    SLA_SERIES_MAX: "-1",
    SLA_FILE: "/nowhere.json",
    ALERTMANAGER_URL: "alertmanager:9093",
  };
  throws(() => readConfig(SlaManagerConfig, env), (error: ConfigError) => {
    const variables = error.problems.map(({ variable }) => variable).sort();
    deepStrictEqual(variables, [...Object.keys(env), "MYSQL_URL"].sort());
    return true;
  });
});

Deno.test("startSlaManager() logs what all SLAs suffer from once, then how often", async () => {
  const clock = new FakeClock(START_MS);
  await using store = openSqlSlaStore(openSqliteConnection({ path: ":memory:" }));
  const before = openSlaManager({ clock, store });
  before.source.series.set("up", [{ labels: {}, valueAt: () => 1 }]);
  for (const name of ["a", "b", "c"]) await before.json("POST", "/slas", { name, expression: "up", min: 1 });
  // Those without a method yet are to have one at the start.
  before.stop();
  const source = createScriptedSource({ clock, stepMs: 15_000 });
  source.down = true;
  const lines: string[] = [];
  configureLog({ service: "test", format: "text", write: (line) => lines.push(line.slice(9)) });
  const stop = new AbortController();
  try {
    const metrics = createMetrics();
    const { done, app } = startSlaManager({
      shards: createSoleOwner(),
      source,
      store,
      clock,
      metrics,
      settings: DEFAULT_SETTINGS,
      signal: stop.signal,
    });
    await until(async () => {
      const { items } = await (await app.request("/slas/status")).json();
      return items.length === 3 && items.every(({ state }: { state: string }) => state === "unknown");
    });
    const about = () => lines.filter((line) => line.includes("choose a forecasting method"));
    await until(() => about().length > 0);
    strictEqual(about().length, 1, lines.join(""));
    await until(async () => {
      await clock.advance(30_000);
      return about().length > 1;
    });
    match(about()[1], /cannot choose a forecasting method, 2 times more: /);
    stop.abort();
    await done;
  } finally {
    resetLog();
  }
});

Deno.test("startSlaManager() judges again as soon as the source answers, and names what did not", async () => {
  const clock = new FakeClock(START_MS);
  const source = createScriptedSource({ clock, stepMs: 15_000 });
  // What is scraped by a source that is down is lost, and it takes a while until it scrapes again.
  const lost = { fromMs: Infinity, toMs: Infinity };
  source.series.set("up", [{
    labels: {},
    valueAt: (timeMs) => timeMs > lost.fromMs && timeMs < lost.toMs ? NaN : 1,
  }]);
  await using store = openSqlSlaStore(openSqliteConnection({ path: ":memory:" }));
  const lines: string[] = [];
  configureLog({ service: "test", format: "text", write: (line) => lines.push(line.slice(9)) });
  const stop = new AbortController();
  try {
    const manager = startSlaManager({
      shards: createSoleOwner(),
      source,
      store,
      clock,
      metrics: createMetrics(),
      settings: { ...DEFAULT_SETTINGS, intervalMs: 600_000 },
      drafts: readSlaFile(JSON.stringify([{ name: "up", expression: "up", min: 1 }])),
      signal: stop.signal,
    });
    const status = async () => (await (await manager.app.request("/slas/status")).json()).items[0];
    /** How long it takes, looked at every second. */
    const turnsMs = async (state: string): Promise<number> => {
      const fromMs = clock.nowMs();
      await until(async () => {
        if ((await status())?.state === state) return true;
        await clock.advance(1_000);
        return false;
      });
      return clock.nowMs() - fromMs;
    };
    await turnsMs("ok");
    lost.fromMs = clock.nowMs();
    source.down = true;
    await turnsMs("unknown");
    match(
      (await status()).reason,
      /^Prometheus at one:9090 can't be read since 2026-01-01 .* UTC: it refuses connections$/,
    );
    match(lines.join(""), /cannot ask the metrics source .*as it refuses connections/);
    await clock.advance(200_000);
    source.down = false;
    lost.toMs = clock.nowMs() + 15_000;
    const tookMs = await turnsMs("ok");
    ok(tookMs <= 60_000, `unknown for ${tookMs} ms more`);
  } finally {
    stop.abort();
    resetLog();
  }
});

Deno.test("startSlaManager() finds the first samples of an SLA well before the next tick, and asks no more after", async () => {
  const clock = new FakeClock(START_MS);
  const source = createScriptedSource({ clock, stepMs: 15_000 });
  const bornMs = START_MS + 100_000;
  source.series.set("young", [{ labels: {}, valueAt: (timeMs) => timeMs < bornMs ? NaN : 1 }]);
  source.series.set("old", [{ labels: {}, valueAt: () => 1 }]);
  await using store = openSqlSlaStore(openSqliteConnection({ path: ":memory:" }));
  const stop = new AbortController();
  const drafts = ["young", "old"].map((name) => ({ name, expression: name, max: 2 }));
  const manager = startSlaManager({
    shards: createSoleOwner(),
    source,
    store,
    clock,
    metrics: createMetrics(),
    settings: { ...DEFAULT_SETTINGS, intervalMs: 600_000 },
    drafts: readSlaFile(JSON.stringify(drafts)),
    signal: stop.signal,
  });
  type Told = { readonly name: string; readonly state: string; readonly evaluatedAtMs: number };
  const statuses = async (): Promise<readonly Told[]> =>
    (await (await manager.app.request("/slas/status")).json()).items;
  try {
    await until(async () => (await statuses()).some(({ state }) => state === "ok"));
    await until(async () => {
      if ((await statuses()).every(({ state }) => state === "ok")) return true;
      await clock.advance(1_000);
      return false;
    });
    const tookMs = clock.nowMs() - bornMs;
    ok(tookMs < 45_000, `${tookMs} ms after its birth`);
    const found = await statuses();
    ok(found.find(({ name }) => name === "old")!.evaluatedAtMs < bornMs);
    await until(() => Promise.resolve(clock.sleeping > 0));
    await clock.advance(60_000);
    deepStrictEqual(
      await statuses().then((now) => now.map(({ evaluatedAtMs }) => evaluatedAtMs)),
      found.map(({ evaluatedAtMs }) => evaluatedAtMs),
    );
  } finally {
    stop.abort();
  }
  await manager.done;
});
