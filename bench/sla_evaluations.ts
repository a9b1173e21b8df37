/**
 * How long it takes to evaluate 1,000 SLAs over 1,000 series, and how fast their states are read.
 *
 * `deno task bench:slas` starts a Prometheus with a day of history (a sample a minute) and a MariaDB of its own.
 * Every SLA has an expression of its own that names one series. The first evaluation reads everything; then follow
 * the choices of forecasting methods, and steady evaluations, one every 30 s of the source's time.
 */
import { cpuUsage } from "node:process";
import { createSoleOwner } from "../services/shared/adapters/embedded/sole_owner.ts";
import { openMysqlConnection } from "../services/shared/adapters/mysql/mysql_connection.ts";
import { openSource } from "../services/shared/adapters/open_source.ts";
import { openSqlSlaStore } from "../services/shared/adapters/slas/sql_sla_store.ts";
import type { Sla } from "../services/shared/domain/sla/sla.ts";
import type { Clock } from "../services/shared/ports/clock.ts";
import { systemClock } from "../services/shared/runtime/clock.ts";
import { createServiceApp } from "../services/shared/runtime/http/http.ts";
import { createMetrics } from "../services/shared/runtime/metrics.ts";
import { addSlaRoutes } from "../services/sla_manager/app.ts";
import { createSlaId } from "../services/sla_manager/definitions/create_sla_id.ts";
import { Evaluator } from "../services/sla_manager/evaluation/evaluator.ts";
import { EventFeed } from "../services/sla_manager/events/event_feed.ts";
import { DEFAULT_SETTINGS } from "../services/sla_manager/settings.ts";
import { openPooledMaths } from "../services/sla_manager/wiring.ts";
import { openMariadb } from "../tests/servers/mariadb.ts";
import { openPrometheus } from "../tests/servers/prometheus.ts";
import { exampleSla } from "../tests/support/example_sla.ts";

const SLAS = 1_000;
const STEP_MS = 60_000;
const HISTORY_MS = 24 * 3_600_000;
const ROUNDS = Number(Deno.args[0] ?? 20);
const INTERVAL_MS = 30_000;

const endMs = Math.floor(Date.now() / STEP_MS) * STEP_MS;
let nowMs = endMs - ROUNDS * INTERVAL_MS - INTERVAL_MS;
const clock: Clock = { nowMs: () => nowMs, sleep: systemClock.sleep };

if (Deno.args[1] === undefined) {
  // The servers and their history belong to another process, so that what is measured is the SLA manager alone.
  console.log(`history: ${SLAS} series, a day of ${STEP_MS / 1_000} s`);
  await using prometheus = await openPrometheus({ history: history() });
  await using mariadb = await openMariadb();
  const permissions = ["--allow-net=127.0.0.1", "--allow-read", "--ignore-env"];
  const args = ["run", ...permissions, import.meta.filename!, `${ROUNDS}`, prometheus.url, mariadb.url];
  const { code } = await new Deno.Command(Deno.execPath(), { args, stdout: "inherit", stderr: "inherit" })
    .spawn().status;
  if (code !== 0) throw new Error(`The measurement ended with ${code}`);
} else await measure(Deno.args[1], Deno.args[2]);

async function measure(prometheusUrl: string, mariadbUrl: string): Promise<void> {
  await using real = await openSource({ PROMETHEUS_URL: prometheusUrl }, { clock });
  const source = { ...real, nowMs: () => Promise.resolve(nowMs) };
  await using store = openSqlSlaStore(openMysqlConnection({ url: new URL("/sla_bench", mariadbUrl).href }));
  await using maths = openPooledMaths();
  const problems: unknown[] = [];
  const evaluator = new Evaluator({
    failingSince: () => Promise.resolve(null),
    shards: createSoleOwner(),
    source,
    store,
    clock,
    maths,
    settings: { ...DEFAULT_SETTINGS, intervalMs: INTERVAL_MS },
    onProblem: (problem) => problems.push(problem),
  });
  for (let n = 0; n < SLAS; n++) await store.definitions.save(numberedSla(n));
  await evaluator.slas.refresh();
  await measureEvaluations(evaluator);
  console.log(`problems: ${problems.length}`);
  if (problems.length > 0) console.log(problems[0]);
  await measureAnswers(evaluator);
}

function numberedSla(n: number): Sla {
  return exampleSla({
    id: createSlaId(nowMs),
    name: `sla ${n}`,
    expression: `bench_gauge{instance="${n}"}`,
    min: -100,
    max: 100,
    step: "1m",
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  });
}

/** Evaluates all SLAs round after round; the first reads everything and is not counted. */
async function measureEvaluations(evaluator: Evaluator): Promise<void> {
  const times: number[] = [];
  let peakMb = 0;
  const watch = setInterval(() => peakMb = Math.max(peakMb, residentMb()), 100);
  for (let round = 0; round <= ROUNDS; round++) {
    const startMs = performance.now();
    const before = cpuUsage();
    await evaluator.slas.refresh();
    await evaluator.evaluateAll();
    const tookMs = performance.now() - startMs;
    if (round > 0) times.push(tookMs);
    const figures = [
      `${seconds(tookMs)} s`,
      `${cpuSeconds(before)} s of processors`,
      `methods chosen: ${countChosen(evaluator, "quick")} quick, ${countChosen(evaluator, "full")} full`,
      `rss ${Math.round(residentMb())} MiB`,
    ];
    console.log(`evaluation ${String(round).padStart(2)}: ${figures.join(", ")}`);
    nowMs += INTERVAL_MS;
  }
  clearInterval(watch);
  times.sort((a, b) => a - b);
  const [median, slowest] = [times[times.length >> 1], times.at(-1)!];
  console.log(
    `steady evaluation of ${SLAS} SLAs: median ${seconds(median)} s, slowest ${seconds(slowest)} s; ` +
      `peak memory ${Math.round(peakMb)} MiB`,
  );
}

function countChosen(evaluator: Evaluator, effort: "quick" | "full"): number {
  const series = evaluator.slas.entries().flatMap((entry) => [...entry.series.values()]);
  return series.filter(({ model }) => model?.effort === effort).length;
}

/** How fast the states of an SLA are read while nothing is evaluated. */
async function measureAnswers(evaluator: Evaluator): Promise<void> {
  const stop = new AbortController();
  const app = createServiceApp({
    service: "sla_manager",
    title: "bench",
    description: "bench",
    dependencies: {},
    metrics: createMetrics(),
    signal: stop.signal,
  });
  addSlaRoutes(app, { evaluator, feed: new EventFeed(), signal: stop.signal });
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => app.fetch(request),
  );
  const { id } = evaluator.slas.entries()[0].sla;
  for (const path of [`/slas/${id}/status`, `/slas/${id}/prediction`]) {
    await measureReads(`http://127.0.0.1:${server.addr.port}`, path);
  }
  stop.abort();
}

/** 32 connections for three seconds; client and server share the machine. */
async function measureReads(origin: string, path: string): Promise<void> {
  const url = `${origin}${path}`;
  const latencies: number[] = [];
  const untilMs = performance.now() + 3_000;
  await Promise.all(Array.from({ length: 32 }, async () => {
    while (performance.now() < untilMs) {
      const startMs = performance.now();
      const response = await fetch(url);
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
      latencies.push(performance.now() - startMs);
    }
  }));
  latencies.sort((a, b) => a - b);
  const p99 = latencies[Math.floor(latencies.length * 0.99)];
  console.log(
    `GET ${path.replace(/[0-9a-f]{32}/, "{id}")}: ${Math.round(latencies.length / 3)} req/s, p99 ${
      p99.toFixed(1)
    } ms`,
  );
}

function seconds(durationMs: number): string {
  return (durationMs / 1_000).toFixed(2);
}

function residentMb(): number {
  return Deno.memoryUsage().rss / 2 ** 20;
}

/** Time of processors since a reading, workers included; what else the machine does is not in it. */
function cpuSeconds(before: ReturnType<typeof cpuUsage>): string {
  const { user, system } = cpuUsage(before);
  return ((user + system) / 1e6).toFixed(2);
}

function history(): string {
  const lines: string[] = [];
  for (let n = 0; n < SLAS; n++) {
    let level = 0;
    for (let t = endMs - HISTORY_MS - 1_800_000; t <= endMs; t += STEP_MS) {
      level = 0.95 * level + noise(n, t);
      const value = 20 * Math.sin(2 * Math.PI * t / 3_600_000 + n) + level;
      lines.push(`bench_gauge{instance="${n}",job="bench"} ${value.toFixed(4)} ${t / 1_000}`);
    }
  }
  return [...lines, "# EOF", ""].join("\n");
}

function noise(n: number, t: number): number {
  const x = Math.sin(n * 12.9898 + t / STEP_MS * 78.233) * 43_758.5453;
  return 2 * (x - Math.floor(x)) - 1;
}
