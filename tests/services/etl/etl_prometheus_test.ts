import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { EtlConfig } from "../../../services/etl/config.ts";
import type { Cycle } from "../../../services/etl/cycle_log.ts";
import { startEtl } from "../../../services/etl/start.ts";
import { createNoise } from "../../../services/shared/adapters/demo/noise.ts";
import { openEmbeddedBus } from "../../../services/shared/adapters/embedded/embedded_bus.ts";
import { openSource } from "../../../services/shared/adapters/open_source.ts";
import { openSqliteConnection } from "../../../services/shared/adapters/sqlite/sqlite_connection.ts";
import { exactSelector } from "../../../services/shared/domain/selector.ts";
import { ResultMessage } from "../../../services/shared/domain/messages.ts";
import { RESULTS_TOPIC } from "../../../services/shared/domain/topics.ts";
import { createSoleOwner } from "../../../services/shared/adapters/embedded/sole_owner.ts";
import { systemClock } from "../../../services/shared/runtime/clock.ts";
import { createMetrics } from "../../../services/shared/runtime/metrics.ts";
import { openPrometheus } from "../../servers/prometheus.ts";
import { serverTest } from "../../servers/server_tests.ts";
import { until } from "../../support/until.ts";

const MINUTE = 60_000;
const HOSTILE = 'C:\\"x"\nünï 🧀';

/** Series of known nature, 26 h at a minute, as OpenMetrics. */
function createHistory(endMs: number): string {
  const noise = createNoise(11, "history");
  let [walk, ar, total] = [0, 0, 0];
  const shapes: Record<string, (timeMs: number, k: number) => number> = {
    known_sine: (timeMs) => 20 + 5 * Math.sin(2 * Math.PI * timeMs / (60 * MINUTE)),
    known_walk: (_, k) => walk += noise.normal(k),
    known_ar: (_, k) => ar = 0.6 * ar + noise.normal(k + 5_000),
    known_constant: () => 7,
    known_requests_total: (_, k) => total = k === 800 ? 0 : total + 120,
  };
  const lines = Object.entries(shapes).flatMap(([name, shape]) =>
    Array.from({ length: 26 * 60 }, (_, k) => {
      const timeMs = endMs - (26 * 60 - k) * MINUTE;
      const path = HOSTILE.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
      return `${name}{job="known",path="${path}"} ${shape(timeMs, k)} ${timeMs / 1_000}`;
    })
  );
  return [...lines, "# EOF", ""].join("\n");
}

serverTest(
  { starts: ["prometheus"] },
  "startEtl() over a real Prometheus says what is true of known series",
  async () => {
    const endMs = Math.floor(Date.now() / MINUTE) * MINUTE;
    await using server = await openPrometheus({ history: createHistory(endMs) });
    const config = EtlConfig.parse({
      PROMETHEUS_URL: server.url,
      KAFKA_BROKERS: "unused:1",
      ETL_SELECTORS: '{job="known"}',
      // So that the window ends where the history does, however long the start took.
      ETL_OFFSET: `${Date.now() - endMs}ms`,
    });
    await using source = await openSource(config, { clock: systemClock });
    await using bus = openEmbeddedBus(openSqliteConnection({ path: ":memory:" }));
    const stop = new AbortController();
    const etl = startEtl({
      config,
      source,
      bus,
      shards: createSoleOwner(),
      clock: systemClock,
      metrics: createMetrics(),
      signal: stop.signal,
    });
    try {
      let cycle: Cycle | undefined;
      await until(async () => {
        const { items } = await (await etl.app.fetch(new Request("http://etl/cycles"))).json();
        cycle = items.find(({ state }: Cycle) => state !== "running");
        return cycle !== undefined;
      });
      deepStrictEqual([cycle?.state, cycle?.kept, cycle?.dropped, cycle?.warnings], ["done", 5, 0, []]);
      const messages = (await bus.browse(RESULTS_TOPIC, { limit: 1_000 })).map(({ value }) =>
        ResultMessage.parse(JSON.parse(new TextDecoder().decode(value!)))
      );
      const metadata = (name: string) => {
        const found = messages.find(({ kind, series }) => kind === "metadata" && series.name === name);
        if (found?.kind !== "metadata") throw new Error(`No metadata of ${name}`);
        return found;
      };
      deepStrictEqual(metadata("known_sine").series.labels, { job: "known", path: HOSTILE });
      strictEqual(metadata("known_sine").stepMs, MINUTE);
      strictEqual(metadata("known_sine").seasonality.periods[0], 3_600_000);
      ok(metadata("known_walk").stationarity.verdict !== "stationary");
      strictEqual(metadata("known_ar").stationarity.verdict, "stationary");
      strictEqual(metadata("known_ar").autocorrelation.verdict, "autocorrelated");
      strictEqual(metadata("known_constant").stationarity.verdict, "constant");
      deepStrictEqual([
        metadata("known_requests_total").series.type,
        metadata("known_requests_total").series.unit,
      ], [
        "counter",
        "requests per second",
      ]);

      for (const message of messages) {
        const { series } = message;
        if (message.kind === "forecast") {
          strictEqual(message.originMs, endMs - MINUTE);
          strictEqual(message.mean.length, 10);
        }
        if (message.kind !== "statistics") continue;
        deepStrictEqual([message.toMs, message.count], [endMs, (endMs - message.fromMs) / MINUTE]);
        if (series.type === "counter") {
          // Two a second, and the restart lies before the longest window.
          const { min, max, mean, standardDeviation } = message;
          deepStrictEqual([min, max, mean, standardDeviation], [2, 2, 2, 0]);
          continue;
        }
        const selector = exactSelector({ __name__: series.name, ...series.labels });
        for (
          const [field, name] of [["min", "min_over_time"], ["max", "max_over_time"], [
            "mean",
            "avg_over_time",
          ]] as const
        ) {
          const wanted = await ask(
            server.url,
            `${name}(${selector}[${message.window}])`,
            message.toMs - MINUTE / 2,
          );
          ok(
            Math.abs(message[field]! - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)),
            `${series.name} ${field}`,
          );
        }
        // Prometheus divides by n, we by n − 1.
        const population = await ask(
          server.url,
          `stddev_over_time(${selector}[${message.window}])`,
          message.toMs - MINUTE / 2,
        );
        const sample = population * Math.sqrt(message.count / (message.count - 1));
        ok(
          Math.abs(message.standardDeviation! - sample) <= 1e-9 * Math.max(1, sample),
          `${series.name} deviation`,
        );
      }
    } finally {
      stop.abort();
      await etl.done;
    }
  },
);

/** What Prometheus itself makes of an expression. */
async function ask(url: string, query: string, timeMs: number): Promise<number> {
  const body = new URLSearchParams({ query, time: String(timeMs / 1_000) });
  const { data } = await (await fetch(`${url}/api/v1/query`, { method: "POST", body })).json();
  return Number(data.result[0].value[1]);
}
