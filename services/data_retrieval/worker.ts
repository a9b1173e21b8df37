/** The module of the workers that forecast on demand. */
import type { SeriesForecast } from "../shared/domain/forecast.ts";
import { serveMaths } from "../shared/runtime/serve_maths.ts";
import { computeForecast } from "./compute_forecast.ts";
import type { ForecastRequest } from "./forecast_on_demand.ts";

serveMaths<ForecastRequest, SeriesForecast>((request) => ({ result: computeForecast(request) }));
