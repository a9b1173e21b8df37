import { RetrievalConfig } from "../../../services/data_retrieval/config.ts";
import { computeForecast } from "../../../services/data_retrieval/forecasts/compute_forecast.ts";
import type { ComputeForecast } from "../../../services/data_retrieval/forecasts/forecast_on_demand.ts";
import { startRetrieval } from "../../../services/data_retrieval/start.ts";
import { createDemoSource } from "../../../services/shared/adapters/demo/demo_source.ts";
import { openResultReader, openResultWriter } from "../../../services/shared/adapters/open_store.ts";
import { seriesId } from "../../../services/shared/domain/labels.ts";
import type { ResultMessage } from "../../../services/shared/domain/results/messages.ts";
import type { Series } from "../../../services/shared/domain/series.ts";
import type { MetricsSource } from "../../../services/shared/ports/metrics_source.ts";
import type { ResultReader } from "../../../services/shared/ports/result_reader.ts";
import { createMetrics } from "../../../services/shared/runtime/metrics.ts";
import type { StartedService } from "../../../services/shared/runtime/run.ts";
import { FakeClock } from "../../support/fake_clock.ts";

/** data_retrieval over SQLite and the demo world at a standing clock. */
export interface OpenRetrieval extends AsyncDisposable {
  readonly clock: FakeClock;
  readonly source: MetricsSource;
  readonly reader: ResultReader;
  write(...messages: ResultMessage[]): Promise<void>;
  /** A series of the demo world. */
  demoSeries(name: string): Promise<Series>;
  request(path: string, init?: RequestInit): Promise<Response>;
  /** The body of a 200, otherwise it throws. */
  // deno-lint-ignore no-explicit-any -- tests look into bodies whose shape is what they test
  body(path: string): Promise<any>;
}

/** Opens it; `compute` counts or replaces the maths. */
export async function openRetrieval(
  options: {
    readonly compute?: ComputeForecast;
    readonly reader?: ResultReader;
    readonly lookback?: string;
  } = {},
): Promise<OpenRetrieval> {
  const folder = await Deno.makeTempDir({ prefix: "pronoia-retrieval-" });
  const sqlitePath = `${folder}/results.sqlite`;
  const writer = await openResultWriter({ sqlitePath });
  await writer.ping();
  const reader = options.reader ?? await openResultReader({ sqlitePath });
  const clock = new FakeClock();
  const source = createDemoSource({ clock });
  const stop = new AbortController();
  const started: StartedService = startRetrieval({
    config: RetrievalConfig.parse({
      MYSQL_URL: "mysql://unused/unused",
      PROMETHEUS_URL: "http://unused",
      ETL_LOOKBACK: options.lookback,
    }),
    reader,
    source,
    compute: options.compute ?? ((request) => new Promise((resolve) => resolve(computeForecast(request)))),
    clock,
    metrics: createMetrics(),
    signal: stop.signal,
  });
  const request = async (path: string, init?: RequestInit) =>
    await started.app.fetch(new Request(`http://localhost${path}`, init));
  return {
    clock,
    source,
    reader,
    write: (...messages) => writer.write(messages),
    async demoSeries(name) {
      const nowMs = clock.nowMs();
      const selectors = [`{__name__="${name}"}`];
      const found = (await source.discover({ selectors, fromMs: nowMs - 3_600_000, toMs: nowMs })).series[0];
      const { __name__ = "", ...labels } = found.labels;
      return { id: seriesId(found.labels), name: __name__, labels, type: found.type, unit: found.unit };
    },
    request,
    async body(path) {
      const response = await request(path);
      if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
      return await response.json();
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await started.done;
      await reader[Symbol.asyncDispose]();
      await writer[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}
