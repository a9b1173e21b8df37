import type { SeriesForecast } from "../../shared/domain/results/forecast.ts";
import type { ResultReader } from "../../shared/ports/result_reader.ts";
import { requireLatest, requireSeries } from "../stored/require_series.ts";
import type { ForecastOnDemand } from "./forecast_on_demand.ts";

/**
 * Reads the newest forecast of a series; one over another horizon than the stored is computed now.
 *
 * @throws {DomainError} `not-found`, `invalid` (horizon), `busy`, or `unavailable` (the metrics source).
 */
export async function readForecast(
  { reader, forecastOnDemand }: {
    readonly reader: ResultReader;
    readonly forecastOnDemand: ForecastOnDemand;
  },
  id: string,
  horizonMs?: number,
): Promise<SeriesForecast> {
  if (horizonMs === undefined) return await requireLatest(reader, "forecast", id);
  const stored = await reader.readLatest("forecast", id);
  if (stored?.horizonMs === horizonMs) return stored;
  const series = stored?.series ?? await requireSeries(reader, id);
  return await forecastOnDemand(series, { horizonMs, storedMs: stored?.horizonMs });
}
