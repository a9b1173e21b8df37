import { chooseForecaster } from "@pronoia/analytics";
import { countObserved } from "../../shared/domain/results/count_observed.ts";
import type { SeriesForecast } from "../../shared/domain/results/forecast.ts";
import { toSeriesForecast } from "../../shared/domain/results/series_forecast.ts";
import type { ForecastRequest } from "./forecast_on_demand.ts";

/**
 * Computes a forecast from the newest sample on; takes some 100 ms, so it belongs into another thread.
 */
export function computeForecast(request: ForecastRequest): SeriesForecast {
  const { series, samples, horizonSteps, chosenSteps, periods } = request;
  const newest = samples.values.findLastIndex((value) => !Number.isNaN(value));
  const values = samples.values.subarray(0, newest + 1);
  const forecaster = chooseForecaster(values, { horizon: chosenSteps, periods, stepMs: samples.stepMs });
  return toSeriesForecast(forecaster.forecast(horizonSteps), {
    series,
    originMs: samples.startMs + newest * samples.stepMs,
    stepMs: samples.stepMs,
    observations: countObserved(values),
    lookbackMs: samples.values.length * samples.stepMs,
  });
}
