import { DomainError } from "../shared/domain/errors.ts";
import type { SeriesForecast } from "../shared/domain/results/forecast.ts";
import { logger } from "../shared/runtime/log.ts";
import { openMathsPool, WorkerCrash } from "../shared/runtime/maths/maths_pool.ts";
import type { ComputeForecast, ForecastRequest } from "./forecasts/forecast_on_demand.ts";

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
    run: (request) => pool.run(`${request.series.id} ${request.horizonSteps}`, request).catch(giveUp),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

/** A machine too slow for what was asked is no inner failure. */
function giveUp(error: unknown): never {
  if (!(error instanceof WorkerCrash)) throw error;
  logger("data_retrieval").warning("a forecast on demand was given up", { error });
  throw new DomainError("unavailable", "Cannot forecast as it took too long: ask for a shorter horizon", {
    cause: error,
  });
}
