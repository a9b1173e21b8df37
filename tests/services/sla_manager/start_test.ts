import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { openSqlSlaStore } from "../../../services/shared/adapters/slas/sql_sla_store.ts";
import { openSqliteConnection } from "../../../services/shared/adapters/sqlite/sqlite_connection.ts";
import { readSlaFile } from "../../../services/sla_manager/definitions/apply_file.ts";
import { captureLog } from "../../support/capture_log.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { draftOf, openSlaManager, START_MS } from "../../support/sla_manager.ts";
import { startWork } from "../../support/started_sla_manager.ts";
import { until } from "../../support/until.ts";

const FILE = JSON.stringify([
  { name: "up", expression: "up", min: 1, target: 0.99 },
  { name: "refused", expression: "sum(", max: 1 },
  { name: "derived", expression: "up" },
]);

Deno.test("startSlaManager() applies the file once the source is there, evaluates, shows gauges, and ends", async () => {
  using log = captureLog();
  await using manager = startWork({
    settings: { settleMs: 0 },
    drafts: readSlaFile(FILE),
    prepare(source) {
      source.series.set("up", [{ labels: { __name__: "up" }, valueAt: () => 1 }]);
      source.down = true;
    },
  });
  const { clock, source, evaluator: { slas } } = manager;
  await clock.advance(10_000);
  strictEqual(slas.entries().length, 0);
  source.down = false;
  await manager.untilOnTheWay(() =>
    slas.entries().length === 2 && slas.entries().every(({ view }) => view !== null)
  );
  await manager.untilOnTheWay(() => slas.entries()[0].progress?.backfill.done === true);
  await manager.untilOnTheWay(() =>
    log.lines.some((line) =>
      /the past of an SLA is read in: 29 d 2\d h (\d+ min )?(\d+ s )?of 29 d /.test(line)
    )
  );
  const { id } = slas.entries()[0].sla;
  const budget = await manager.get(`/slas/${id}/budget`);
  strictEqual(budget.backfill, "done");
  ok(budget.backfillTotalMs > 29 * 86_400_000);
  strictEqual(budget.backfillDoneMs, budget.backfillTotalMs);
  let text = "";
  await manager.untilOnTheWay(async () => {
    text = await (await manager.app.request("/metrics")).text();
    // Of the budget nothing is told before its past is counted.
    return text.includes('pronoia_sla_breach_probability{sla="up"} 0') &&
      text.includes("pronoia_sla_budget_remaining_ratio{");
  });
  ok(text.includes('pronoia_sla_state{sla="up"} 0'), text);
  ok(/pronoia_sla_budget_remaining_ratio\{sla="up"\} 1/.test(text));
  ok(text.includes("pronoia_sla_gauges_left_out 0"));
  const ready = await manager.get("/readyz");
  deepStrictEqual(Object.keys(ready.dependencies), ["metrics_source", "store", "shards"]);
});

Deno.test("startSlaManager() deletes all hours that are too old, not one portion", async () => {
  const clock = new FakeClock(START_MS);
  const store = openSqlSlaStore(openSqliteConnection({ path: ":memory:" }));
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
  const step = { slaId: id, revision: 1, version, progress, reset: false, resetModels: false, buckets };
  await store.progress.commit([{ ...step, series: [], forgotten: [], events: [], messages: [] }]);
  await using _manager = startWork({ clock, store });
  await until(async () => {
    const left = (await store.progress.load(id, 0))!.buckets;
    return !left.some(({ goodMs }) => goodMs === 1);
  }, "the end of the old hours");
});

Deno.test("startSlaManager() logs what all SLAs suffer from once, then how often", async () => {
  const clock = new FakeClock(START_MS);
  const store = openSqlSlaStore(openSqliteConnection({ path: ":memory:" }));
  const before = openSlaManager({ clock, store });
  before.source.series.set("up", [{ labels: {}, valueAt: () => 1 }]);
  for (const name of ["a", "b", "c"]) await before.json("POST", "/slas", { name, expression: "up", min: 1 });
  // Those without a method yet are to have one at the start.
  before.stop();
  using log = captureLog();
  await using manager = startWork({ clock, store, prepare: (source) => source.down = true });
  await until(async () => {
    const { items } = await manager.get("/slas/status");
    return items.length === 3 && items.every(({ state }: { state: string }) => state === "unknown");
  });
  const about = () => log.lines.filter((line) => line.includes("choose a forecasting method"));
  await until(() => about().length > 0);
  strictEqual(about().length, 1, log.lines.join(""));
  await until(async () => {
    await clock.advance(30_000);
    return about().length > 1;
  });
  match(about()[1], /cannot choose a forecasting method, 2 times more: /);
});

Deno.test("startSlaManager() judges again as soon as the source answers, and names what did not", async () => {
  // What is scraped by a source that is down is lost, and it takes a while until it scrapes again.
  const lost = { fromMs: Infinity, toMs: Infinity };
  const valueAt = (timeMs: number) => timeMs > lost.fromMs && timeMs < lost.toMs ? NaN : 1;
  using log = captureLog();
  await using manager = startWork({
    settings: { intervalMs: 600_000 },
    drafts: [draftOf({ name: "up", expression: "up", min: 1 })],
    prepare: ({ series }) => series.set("up", [{ labels: {}, valueAt }]),
  });
  const { clock, source } = manager;
  const status = async () => (await manager.get("/slas/status")).items[0];
  /** How long it takes, looked at every second. */
  const turnsMs = async (state: string): Promise<number> => {
    const fromMs = clock.nowMs();
    await manager.untilOnTheWay(async () => (await status())?.state === state);
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
  match(log.lines.join(""), /cannot ask the metrics source .*as it refuses connections/);
  await clock.advance(200_000);
  source.down = false;
  lost.toMs = clock.nowMs() + 15_000;
  const tookMs = await turnsMs("ok");
  ok(tookMs <= 60_000, `unknown for ${tookMs} ms more`);
});

Deno.test("startSlaManager() finds the first samples of an SLA well before the next tick, and asks no more after", async () => {
  const bornMs = START_MS + 100_000;
  await using manager = startWork({
    settings: { intervalMs: 600_000 },
    drafts: ["young", "old"].map((name) => draftOf({ name, expression: name, max: 2 })),
    prepare({ series }) {
      series.set("young", [{ labels: {}, valueAt: (timeMs) => timeMs < bornMs ? NaN : 1 }]);
      series.set("old", [{ labels: {}, valueAt: () => 1 }]);
    },
  });
  const { clock } = manager;
  type Told = { readonly name: string; readonly state: string; readonly evaluatedAtMs: number };
  const statuses = async (): Promise<readonly Told[]> => (await manager.get("/slas/status")).items;
  await until(async () => (await statuses()).some(({ state }) => state === "ok"));
  await manager.untilOnTheWay(async () => (await statuses()).every(({ state }) => state === "ok"));
  const tookMs = clock.nowMs() - bornMs;
  ok(tookMs < 45_000, `${tookMs} ms after its birth`);
  const found = await statuses();
  ok(found.find(({ name }) => name === "old")!.evaluatedAtMs < bornMs);
  await until(() => clock.sleeping > 0);
  await clock.advance(60_000);
  deepStrictEqual(
    await statuses().then((now) => now.map(({ evaluatedAtMs }) => evaluatedAtMs)),
    found.map(({ evaluatedAtMs }) => evaluatedAtMs),
  );
});
