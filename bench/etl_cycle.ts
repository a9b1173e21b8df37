/**
 * Cycles of the etl over a real Prometheus: 1,000 series, 24 h at 60 s.
 *
 *     deno task bench:etl [series] [cycles]
 *
 * At the default intervals: prints the first cycle, those after it in which methods are still chosen in full for the
 * first time, and steady ones (time, and processor time of all threads, which other load does not touch), resident
 * memory, and the longest time the event loop was held up. Fails beyond 15 s for the first cycle, 3 s for any other,
 * and 550 MiB.
 */
import { cpuUsage } from "node:process";
import { EtlConfig } from "../services/etl/config.ts";
import type { Cycle } from "../services/etl/record/cycle_log.ts";
import { startEtl } from "../services/etl/start.ts";
import { createCachedSource } from "../services/shared/adapters/cache/cached_source.ts";
import { createNoise } from "../services/shared/adapters/demo/noise.ts";
import { createSoleOwner } from "../services/shared/adapters/embedded/sole_owner.ts";
import { openPrometheusSource } from "../services/shared/adapters/prometheus/prometheus_source.ts";
import type { MessageBus } from "../services/shared/ports/message_bus.ts";
import { systemClock } from "../services/shared/runtime/clock.ts";
import { createMetrics } from "../services/shared/runtime/metrics.ts";
import { openPrometheus } from "../tests/servers/prometheus.ts";

const [seriesCount, cycleCount] = [Number(Deno.args[0] ?? 1_000), Number(Deno.args[1] ?? 12)];
const MINUTE = 60_000;
const LIMITS = { firstSeconds: 15, laterSeconds: 3, rssMebibytes: 550 };

await using server = await openPrometheus({ history: createHistory(seriesCount) });
// A minute's cycle in seconds: the source's now is moved on, so that each cycle has a new sample to take in.
let skewMs = -(cycleCount + 2) * MINUTE;
const prometheus = openPrometheusSource({ url: server.url, clock: systemClock });
await using source = createCachedSource({
  ...prometheus,
  nowMs: async () => await prometheus.nowMs() + skewMs,
}, { clock: { ...systemClock, nowMs: () => Date.now() + skewMs } });
const bus = createCountingBus();
const stop = new AbortController();
const config = EtlConfig.parse({
  PROMETHEUS_URL: server.url,
  KAFKA_BROKERS: "unused:1",
});
const etl = startEtl({
  config,
  source,
  bus,
  shards: createSoleOwner(),
  // Never the time for the next cycle: each is asked for when the one before it has ended.
  clock: { ...systemClock, sleep: untilAborted },
  metrics: createMetrics(),
  signal: stop.signal,
});
const heldUp = watchEventLoop();

const seconds: number[] = [];
const cpuSeconds: number[] = [];
let cpuBefore = readCpuSeconds();
let rssMebibytes = 0;
/** Time of the slowest cycle of each kind. */
const slowest = { "warming up": 0, steady: 0 };
let quickBefore = Infinity;
for (let i = 0; i < cycleCount; i++) {
  if (i > 0) {
    skewMs += MINUTE;
    await etl.app.fetch(new Request("http://etl/cycles", { method: "POST" }));
  }
  const cycle = await untilEnded();
  seconds.push((cycle.endedAtMs! - cycle.startedAtMs) / 1_000);
  const kind = i === 0 ? "first" : quickBefore > 0 ? "warming up" : "steady";
  if (kind !== "first") slowest[kind] = Math.max(slowest[kind], seconds[i]);
  quickBefore = cycle.quick;
  const rssNow = Deno.memoryUsage().rss / 2 ** 20;
  rssMebibytes = Math.max(rssMebibytes, rssNow);
  const cpuNow = readCpuSeconds();
  cpuSeconds.push(cpuNow - cpuBefore);
  cpuBefore = cpuNow;
  const { kept, dropped, quick, published, durationsMs, warnings } = cycle;
  console.log(
    `cycle ${i + 1} (${kind}): ${seconds[i].toFixed(2)} s, CPU ${cpuSeconds[i].toFixed(2)} s, RSS ${
      rssNow.toFixed(0)
    } MiB`,
    JSON.stringify({ kept, dropped, quick, published, durationsMs, warnings }),
  );
}
const timings = await (await etl.app.fetch(new Request("http://etl/timings"))).json();
for (const { kind, name, count, mean, p95 } of timings.items) {
  console.log(
    `${kind.padEnd(9)}${name.padEnd(28)}${String(count).padStart(7)} mean ${mean.toFixed(2)} ms, p95 ${
      p95.toFixed(2)
    } ms`,
  );
}
const later = Object.entries(slowest).map(([kind, worst]) =>
  worst > 0 ? `${kind} ≤ ${worst.toFixed(2)} s` : `none ${kind}`
).join(", ");
console.log(
  `first cycle ${seconds[0].toFixed(2)} s (≤ ${LIMITS.firstSeconds}), ${later} (≤ ${LIMITS.laterSeconds}), ` +
    `RSS ${rssMebibytes.toFixed(0)} MiB (≤ ${LIMITS.rssMebibytes}), event loop held up ≤ ${
      heldUp().toFixed(0)
    } ms, ` +
    `${bus.messages} messages, ${(bus.bytes / 2 ** 20).toFixed(0)} MiB`,
);
stop.abort();
await etl.done;
const failed = seconds[0] > LIMITS.firstSeconds || Math.max(...seconds.slice(1)) > LIMITS.laterSeconds ||
  rssMebibytes > LIMITS.rssMebibytes;
if (failed) Deno.exitCode = 1;

/** Processor time of this process, all threads: what a cycle costs whatever else the machine does. */
function readCpuSeconds(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1e6;
}

function untilAborted(_durationMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener("abort", () => resolve(), { once: true });
  });
}

async function untilEnded(): Promise<Cycle> {
  for (;;) {
    await systemClock.sleep(20);
    const { items } = await (await etl.app.fetch(new Request("http://etl/cycles?limit=1"))).json();
    if (items[0] !== undefined && items[0].state !== "running") return items[0];
  }
}

/** A mix of what servers show: seasons, walks, noise, counters; a series at a time, as memory is measured here. */
function* createHistory(count: number): Iterable<string> {
  const endMs = Math.floor(Date.now() / MINUTE) * MINUTE;
  const steps = 25 * 60;
  for (let s = 0; s < count; s++) {
    const lines: string[] = [];
    const shape = s % 4;
    const noise = createNoise(s, "bench");
    const labels = `instance="host-${s % 100}:9100",job="bench",mode="user"`;
    const name = `bench_${Math.floor(s / 100)}_${
      ["load", "temperature_celsius", "latency_seconds", "requests_total"][shape]
    }`;
    let walk = 100;
    let total = 0;
    for (let k = steps; k >= 0; k--) {
      const timeMs = endMs - k * MINUTE;
      const season = Math.sin(2 * Math.PI * timeMs / (60 * MINUTE));
      walk += noise.normal(k);
      total += Math.round(600 * (1.5 + season + 0.1 * noise.normal(k + 10_000)));
      const value = [walk, 40 + 5 * season + noise.normal(k), Math.exp(noise.normal(k) / 4), total][shape];
      lines.push(`${name}{${labels}} ${value} ${timeMs / 1_000}\n`);
    }
    yield lines.join("");
  }
  yield "# EOF\n";
}

function createCountingBus(): MessageBus & { messages: number; bytes: number } {
  return {
    messages: 0,
    bytes: 0,
    publish(_topic, messages) {
      this.messages += messages.length;
      for (const { value } of messages) this.bytes += value?.byteLength ?? 0;
      return Promise.resolve();
    },
    ping: () => Promise.resolve(),
    subscribe: () => Promise.resolve(),
    browse: () => Promise.resolve([]),
    lag: () => Promise.resolve([]),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function watchEventLoop(): () => number {
  let longestMs = 0;
  let lastMs = performance.now();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs - 10);
    lastMs = nowMs;
  }, 10);
  Deno.unrefTimer(timer);
  return () => longestMs;
}
