import { RESULTS_TOPIC } from "../shared/domain/topics.ts";
import type { Clock } from "../shared/ports/clock.ts";
import type { MessageBus } from "../shared/ports/message_bus.ts";
import type { ResultWriter } from "../shared/ports/result_writer.ts";
import type { MetricsRegistry } from "../shared/runtime/metrics.ts";
import type { StartedService } from "../shared/runtime/run.ts";
import { createApp } from "./app.ts";
import type { DataStorageConfig } from "./config.ts";
import { createIngest } from "./ingest/ingest.ts";
import { prepareStore } from "./prepare_store.ts";
import { pruneResults } from "./prune_results.ts";
import { watchLag } from "./watch_lag.ts";

/** What data_storage runs on. */
export interface DataStorageOptions {
  readonly config: Pick<
    DataStorageConfig,
    | "API_TOKENS"
    | "CORS_ORIGINS"
    | "STORAGE_GROUP"
    | "STORAGE_PRUNE_INTERVAL"
    | "STORAGE_RETENTION_FORECASTS"
    | "STORAGE_RETENTION_STATISTICS"
  >;
  readonly bus: MessageBus;
  readonly writer: ResultWriter;
  readonly clock: Clock;
  readonly metrics: MetricsRegistry;
  readonly signal: AbortSignal;
}

/** Starts data_storage: batches from the bus go into the store, and what is too old leaves it. */
export function startDataStorage(options: DataStorageOptions): StartedService {
  const { config, bus, writer, clock, metrics, signal } = options;
  const group = config.STORAGE_GROUP;
  const ingest = createIngest({ bus, writer, clock, metrics });
  const dependencies = { bus, store: writer };
  const app = createApp(
    { bus, writer, ingest, group, signal },
    { dependencies, metrics, tokens: config.API_TOKENS, corsOrigins: config.CORS_ORIGINS },
  );
  const prepared = prepareStore({ writer, clock, signal });
  const stored = bus.subscribe(RESULTS_TOPIC, ingest.handle, { group, signal });
  const pruned = pruneResults({
    writer,
    retention: {
      forecastsMs: config.STORAGE_RETENTION_FORECASTS,
      statisticsMs: config.STORAGE_RETENTION_STATISTICS,
    },
    intervalMs: config.STORAGE_PRUNE_INTERVAL,
    clock,
    metrics,
    signal,
  });
  const watched = watchLag({ bus, group, clock, metrics, signal });
  return { app, dependencies, done: Promise.all([prepared, stored, pruned, watched]).then(() => {}) };
}
