/** The module of the workers that forecast on demand. */
import type { SeriesForecast } from "../shared/domain/results/forecast.ts";
import { serveMaths } from "../shared/runtime/maths/serve_maths.ts";
import { computeForecast } from "./forecasts/compute_forecast.ts";
import type { ForecastRequest } from "./forecasts/forecast_on_demand.ts";

serveMaths<ForecastRequest, SeriesForecast>((request) => ({ result: computeForecast(request) }));
