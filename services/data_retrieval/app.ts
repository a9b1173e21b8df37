import { createServiceApp, type ServiceApp } from "../shared/runtime/http/http.ts";
import type { ServiceAppOptions } from "../shared/runtime/http/service_app_options.ts";
import type { RetrievalParts } from "./parts.ts";
import { addForecastRoutes } from "./routes/forecasts.ts";
import { addMetadataRoutes } from "./routes/metadata.ts";
import { addSampleRoutes } from "./routes/samples.ts";
import { addSeriesRoutes } from "./routes/series.ts";
import { addStatisticsRoutes } from "./routes/statistics.ts";

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
