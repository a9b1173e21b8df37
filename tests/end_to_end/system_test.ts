/** The whole of it, as it is run: real servers, four processes with the permissions of their tasks, known truth. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Page } from "../../services/shared/domain/page.ts";
import type { SeriesForecast } from "../../services/shared/domain/results/forecast.ts";
import type { Metadata } from "../../services/shared/domain/results/metadata.ts";
import type { Statistics } from "../../services/shared/domain/results/statistics.ts";
import type { Sla } from "../../services/shared/domain/sla/sla.ts";
import type { SlaStatus } from "../../services/shared/domain/sla/sla_status.ts";
import { openKafka } from "../servers/kafka.ts";
import { openMariadb } from "../servers/mariadb.ts";
import { openNodeExporter } from "../servers/node_exporter.ts";
import { openPrometheus } from "../servers/prometheus.ts";
import { serverTest } from "../servers/server_tests.ts";
import { askPrometheus } from "../support/ask_prometheus.ts";
import { HOSTILE_LABEL, openKnownSeries } from "../support/known_series.ts";
import { requireOrderlyEnd } from "../support/process.ts";
import { until } from "../support/until.ts";
import { wantedStatistics } from "./_raw_samples.ts";
import { isReady, readJson, type RunningService, SERVICES, startService } from "./_services.ts";

const STEP_MS = 15_000;
const KNOWN = ["known_ar", "known_constant", "known_requests_total", "known_sine", "known_walk"];

serverTest(
  { starts: ["kafka", "mariadb", "prometheus", "node_exporter"] },
  "four services over real servers say what is true of known series, and end when told",
  async (t) => {
    await using known = openKnownSeries(STEP_MS);
    await using exporter = await openNodeExporter();
    await using kafka = await openKafka();
    await using mariadb = await openMariadb();
    await using prometheus = await openPrometheus({
      history: known.history,
      targets: { known: [known.target], node: [exporter.target] },
    });
    // Only then does Prometheus know the types, and the known series go on without a gap.
    await until(
      async () => (await askPrometheus(prometheus.url, "up == 1")).length === 2,
      "the first scrapes",
    );
    await using stack = new AsyncDisposableStack();
    const environment = {
      PROMETHEUS_URL: prometheus.url,
      KAFKA_BROKERS: kafka.brokers,
      MYSQL_URL: `${mariadb.url}pronoia`,
      ETL_INTERVAL: "5s",
      ETL_SELECTORS: '{job="known",__name__=~"known_.*"}\n{job="node",__name__=~"node_(load|memory_Mem).*"}',
      SLA_INTERVAL: "2s",
    };
    // All at once: each waits for what it needs of the others.
    const started = await Promise.all(SERVICES.map(async (name) => {
      const service = await startService(name, environment);
      stack.use(service.process);
      return [name, service] as const;
    }));
    const services = Object.fromEntries(started) as Record<typeof SERVICES[number], RunningService>;
    const { url: retrieval } = services.data_retrieval;
    const { url: slas } = services.sla_manager;

    await t.step("each becomes ready", async () => {
      for (const [name, service] of started) await until(() => isReady(service), `readiness of ${name}`);
    });

    async function readAll<Item extends { series: { name: string } }>(path: string): Promise<Item[]> {
      return (await readJson<Page<Item>>(`${retrieval}${path}limit=1000`)).items as Item[];
    }
    const hasAll = (items: readonly { series: { name: string } }[]) =>
      [...KNOWN, "node_load1"].every((name) => items.some(({ series }) => series.name === name));
    await t.step("metadata, statistics and forecasts of every series arrive", async () => {
      for (const path of ["/metadata?", "/statistics?window=12h&", "/forecasts?"]) {
        await until(async () => hasAll(await readAll(path)), path);
      }
    });

    await t.step("labels arrive exactly", async () => {
      for (const { series } of await readAll<Metadata>("/metadata?")) {
        if (!KNOWN.includes(series.name)) continue;
        deepStrictEqual(series.labels, { instance: known.target, job: "known", origin: HOSTILE_LABEL });
        strictEqual(series.type, series.name === "known_requests_total" ? "counter" : "gauge");
      }
    });

    await t.step("statistics are those of Prometheus' own samples", async () => {
      const items = await readAll<Statistics>("/statistics?");
      for (const window of ["1h", "3h", "12h"]) ok(hasAll(items.filter((item) => item.window === window)));
      for (const item of items) {
        const wanted = await wantedStatistics(prometheus.url, item, STEP_MS);
        const what = `${item.series.name} over ${item.window}`;
        strictEqual(item.count, wanted.count, what);
        if (wanted.count < 2) continue;
        if (item.series.name.startsWith("known_")) {
          strictEqual(item.count, (item.toMs - item.fromMs) / STEP_MS, what);
        }
        deepStrictEqual([item.min, item.max], [wanted.min, wanted.max], what);
        requireClose(item.mean, wanted.mean, `mean of ${what}`);
        requireClose(item.standardDeviation, wanted.standardDeviation, `deviation of ${what}`);
        if (item.series.type === "counter") ok(item.min! >= 0, `a negative rate: ${what}`);
      }
    });

    await t.step("metadata tell the nature of a series", async () => {
      const metadata = new Map(
        (await readAll<Metadata>("/metadata?")).map((item) => [item.series.name, item]),
      );
      const { stationarity, seasonality, autocorrelation, stepMs, observations } = metadata.get(
        "known_sine",
      )!;
      deepStrictEqual([stepMs, observations], [STEP_MS, 24 * 240]);
      deepStrictEqual([seasonality.verdict, seasonality.periods[0]], ["seasonal", 3_600_000]);
      strictEqual(autocorrelation.verdict, "autocorrelated");
      ok(stationarity.explanation.length > 0);
      ok(metadata.get("known_walk")!.stationarity.verdict !== "stationary");
      strictEqual(metadata.get("known_ar")!.stationarity.verdict, "stationary");
      strictEqual(metadata.get("known_ar")!.autocorrelation.verdict, "autocorrelated");
      strictEqual(metadata.get("known_constant")!.stationarity.verdict, "constant");
    });

    await t.step("forecasts begin where the samples end, reach as far as asked, and are finite", async () => {
      for (
        const forecast of await readAll<SeriesForecast & { readonly producedAtMs: number }>("/forecasts?")
      ) {
        const { series, originMs, producedAtMs, stepMs, horizonMs, mean, lower, upper, summary } = forecast;
        deepStrictEqual([stepMs, horizonMs], [STEP_MS, 600_000], series.name);
        deepStrictEqual([mean, lower, upper].map(({ length }) => length), [40, 40, 40], series.name);
        const { min, max } = summary;
        const figures = [...mean, ...lower, ...upper, min.value, max.value, summary.mean.value];
        ok(figures.every(Number.isFinite), series.name);
        ok(mean.every((value, k) => lower[k]! <= value! && value! <= upper[k]!), series.name);
        // The origin is the last step before the window's end, which is less than a minute before the cycle.
        ok(originMs % STEP_MS === 0 && producedAtMs - originMs < 60_000, series.name);
        if (series.name !== "known_sine") continue;
        const hourMs = 3_600_000;
        const past = await readSine(prometheus.url, originMs - hourMs, STEP_MS, mean.length);
        mean.forEach((value, k) => ok(Math.abs(value! - past[k]) < 0.2, `sine ${k}: ${value}, ${past[k]}`));
      }
    });

    await t.step("promises are judged", async () => {
      const create = async (name: string, max: number): Promise<Sla> => {
        const response = await fetch(`${slas}/slas`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ name, expression: "known_constant", min: 0, max }),
        });
        strictEqual(response.status, 201);
        return await response.json();
      };
      const states: Record<string, string> = {};
      const wanted = { "seven is enough": "ok", "five is enough": "violated" };
      for (const sla of [await create("seven is enough", 10), await create("five is enough", 5)]) {
        await until(async () => {
          const status = await readJson<SlaStatus>(`${slas}/slas/${sla.id}/status`);
          states[sla.name] = status.state;
          return status.state !== "unknown" && status.value === 7;
        }, `the state of ${sla.name}`);
      }
      deepStrictEqual(states, wanted);
      // Whoever follows the events and leaves is no cause for a word.
      await (await fetch(`${slas}/slas/events/stream`)).body?.cancel();
    });

    await t.step("what each tells of itself is as Prometheus wants it", async () => {
      for (const [name, { url }] of started) {
        const lint = new Deno.Command("promtool", {
          args: ["check", "metrics"],
          stdin: "piped",
          stdout: "null",
          stderr: "piped",
        }).spawn();
        await (await fetch(`${url}/metrics`)).body!.pipeTo(lint.stdin);
        const { success, stderr } = await lint.output();
        ok(success, `${name}: ${new TextDecoder().decode(stderr)}`);
      }
    });

    await t.step("each ends in order and in time", async () => {
      for (const [name, { process }] of started) {
        await requireOrderlyEnd(process, name);
        strictEqual(process.errors(), "", name);
      }
    });
  },
);

function requireClose(value: number | null, wanted: number, what: string): void {
  ok(
    value !== null && Math.abs(value - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)),
    `${what} is ${value}, ${wanted} was wanted`,
  );
}

/** The sine's samples after a time, an hour before those that were forecast. */
async function readSine(url: string, afterMs: number, stepMs: number, count: number): Promise<number[]> {
  const body = new URLSearchParams({
    query: "known_sine",
    start: String((afterMs + stepMs) / 1_000),
    end: String((afterMs + count * stepMs) / 1_000),
    step: String(stepMs / 1_000),
  });
  const { data } = await (await fetch(`${url}/api/v1/query_range`, { method: "POST", body })).json();
  return data.result[0].values.map(([, value]: [number, string]) => Number(value));
}
