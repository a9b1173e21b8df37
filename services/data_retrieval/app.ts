import type { MetricsSource } from "../shared/ports/metrics_source.ts";
import type { ResultReader } from "../shared/ports/result_reader.ts";
import { createServiceApp, type ServiceApp, type ServiceAppOptions } from "../shared/runtime/http.ts";
import type { ForecastOnDemand } from "./forecast_on_demand.ts";
import type { SampleReader } from "./read_samples.ts";
import { addForecastRoutes } from "./routes/forecasts.ts";
import { addMetadataRoutes } from "./routes/metadata.ts";
import { addSampleRoutes } from "./routes/samples.ts";
import { addSeriesRoutes } from "./routes/series.ts";
import { addStatisticsRoutes } from "./routes/statistics.ts";

/** What the routes read from. */
export interface RetrievalParts {
  readonly reader: ResultReader;
  readonly source: MetricsSource;
  readonly readSamples: SampleReader;
  readonly forecastOnDemand: ForecastOnDemand;
  /** The configured windows of statistics. */
  readonly windowsMs: readonly number[];
}

/** What the app has in common with every service's. */
export type RetrievalAppOptions = Omit<ServiceAppOptions, "service" | "title" | "description">;

/** Makes the app of data_retrieval: reads only. */
export function createApp(parts: RetrievalParts, options: RetrievalAppOptions): ServiceApp {
  const app = createServiceApp({
    ...options,
    service: "data_retrieval",
    title: "Pronoia: data retrieval",
    description:
      "Metadata, statistics and forecasts of Prometheus series. Times are epoch milliseconds; a figure that is not " +
      "defined is `null`, with a `reason` beside it.",
  });
  addSeriesRoutes(app, parts);
  addMetadataRoutes(app, parts);
  addStatisticsRoutes(app, parts);
  addForecastRoutes(app, parts);
  addSampleRoutes(app, parts);
  return app;
}
