import type { Clock } from "../shared/ports/clock.ts";
import type { MetricsSource } from "../shared/ports/metrics_source.ts";
import type { ResultReader } from "../shared/ports/result_reader.ts";
import type { MetricsRegistry } from "../shared/runtime/metrics.ts";
import type { StartedService } from "../shared/runtime/run.ts";
import { createApp } from "./app.ts";
import type { RetrievalConfig } from "./config.ts";
import { type ComputeForecast, createOnDemandForecasts } from "./forecasts/forecast_on_demand.ts";
import { createSampleReader } from "./samples/read_samples.ts";

/** What data_retrieval runs on. */
export interface RetrievalOptions {
  readonly config: Pick<RetrievalConfig, "API_TOKENS" | "CORS_ORIGINS" | "ETL_WINDOWS" | "ETL_LOOKBACK">;
  readonly reader: ResultReader;
  readonly source: MetricsSource;
  readonly compute: ComputeForecast;
  readonly clock: Clock;
  readonly metrics: MetricsRegistry;
  readonly signal: AbortSignal;
}

/** Starts data_retrieval: an app over what it reads from; there is no work in the background. */
export function startRetrieval(options: RetrievalOptions): StartedService {
  const { config, reader, source, compute, clock, metrics, signal } = options;
  const dependencies = { store: reader, metrics_source: source };
  const readSamples = createSampleReader({ reader, source, clock });
  const forecastOnDemand = createOnDemandForecasts({
    reader,
    readSamples,
    compute,
    clock,
    lookbackMs: config.ETL_LOOKBACK,
  });
  const app = createApp(
    { reader, source, readSamples, forecastOnDemand, windowsMs: config.ETL_WINDOWS },
    { dependencies, metrics, signal, tokens: config.API_TOKENS, corsOrigins: config.CORS_ORIGINS },
  );
  return { app, dependencies, done: untilAborted(signal) };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
