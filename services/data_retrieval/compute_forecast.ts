import { forecast } from "@pronoia/analytics";
import { DomainError } from "../shared/domain/errors.ts";
import type { SeriesForecast } from "../shared/domain/forecast.ts";
import { toSeriesForecast } from "../shared/domain/series_forecast.ts";
import type { ForecastRequest } from "./forecast_on_demand.ts";

/** Fewer samples than this are no basis for a day ahead. */
const OBSERVATIONS_MIN = 20;

/**
 * Computes a forecast from the newest sample on; takes some 100 ms, so it belongs into another thread.
 *
 * @throws {DomainError} `not-found` if there are too few samples.
 */
export function computeForecast(request: ForecastRequest): SeriesForecast {
  const { series, samples, horizonSteps, periods } = request;
  const newest = samples.values.findLastIndex((value) => !Number.isNaN(value));
  const values = samples.values.subarray(0, newest + 1);
  const observations = values.reduce((count, value) => Number.isNaN(value) ? count : count + 1, 0);
  if (observations < OBSERVATIONS_MIN) {
    const message =
      `Cannot forecast series "${series.id}" as at least ${OBSERVATIONS_MIN} samples are needed`;
    throw new DomainError("not-found", `${message}: found ${observations}`);
  }
  return toSeriesForecast(forecast(values, { horizon: horizonSteps, periods, stepMs: samples.stepMs }), {
    series,
    originMs: samples.startMs + newest * samples.stepMs,
    stepMs: samples.stepMs,
  });
}
