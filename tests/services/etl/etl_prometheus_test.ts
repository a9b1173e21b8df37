import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { EtlConfig } from "../../../services/etl/config.ts";
import { createNoise } from "../../../services/shared/adapters/demo/noise.ts";
import { openSource } from "../../../services/shared/adapters/open_source.ts";
import { exactSelector } from "../../../services/shared/domain/selector.ts";
import { systemClock } from "../../../services/shared/runtime/clock.ts";
import { openPrometheus } from "../../servers/prometheus.ts";
import { serverTest } from "../../servers/server_tests.ts";
import { askPrometheus } from "../../support/ask_prometheus.ts";
import { openEtl } from "../../support/etl.ts";

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
    await using etl = openEtl({ config, source: await openSource(config, { clock: systemClock }) });
    const cycle = await etl.untilCycles(1);
    deepStrictEqual([cycle.state, cycle.kept, cycle.dropped, cycle.warnings], ["done", 5, 0, []]);
    const messages = (await etl.published()).map(({ message }) => message);
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
        const [wanted] = await askPrometheus(
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
      const [population] = await askPrometheus(
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
  },
);
