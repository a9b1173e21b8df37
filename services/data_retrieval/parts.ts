import type { MetricsSource } from "../shared/ports/metrics_source.ts";
import type { ResultReader } from "../shared/ports/result_reader.ts";
import type { ForecastOnDemand } from "./forecasts/forecast_on_demand.ts";
import type { SampleReader } from "./samples/read_samples.ts";

/** What the routes read from. */
export interface RetrievalParts {
  readonly reader: ResultReader;
  readonly source: MetricsSource;
  readonly readSamples: SampleReader;
  readonly forecastOnDemand: ForecastOnDemand;
  /** The configured windows of statistics. */
  readonly windowsMs: readonly number[];
}
