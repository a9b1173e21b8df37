import { openMathsPool } from "../shared/runtime/maths_pool.ts";
import type { SeriesForecast } from "../shared/domain/forecast.ts";
import type { ComputeForecast, ForecastRequest } from "./forecast_on_demand.ts";

/** Computes forecasts in workers. */
export interface ComputePool extends AsyncDisposable {
  readonly run: ComputeForecast;
}

/** Opens the workers of forecasts on demand: two, so that one long horizon does not hold up all others. */
export function openComputeForecast(): ComputePool {
  const pool = openMathsPool<ForecastRequest, SeriesForecast>({
    openWorker: () =>
      new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "forecast on demand" }),
    size: 2,
  });
  return {
    run: (request) => pool.run(`${request.series.id} ${request.horizonSteps}`, request),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}
