import { createServiceApp, type ServiceApp } from "../shared/runtime/http/http.ts";
import type { ServiceAppOptions } from "../shared/runtime/http/service_app_options.ts";
import type { CycleLog } from "./record/cycle_log.ts";
import type { Timings } from "./record/timings.ts";
import { addCycleRoutes } from "./routes/cycles.ts";
import { addTimingRoutes } from "./routes/timings.ts";
import type { CycleLoop } from "./run_cycles.ts";

/** What the routes show. */
export interface EtlParts {
  readonly cycles: CycleLog;
  readonly loop: Pick<CycleLoop, "runNow">;
  readonly timings: Pick<Timings, "list">;
}

/** Makes the app of the etl: what it did, how long it took, and a way to make it run now. */
export function createApp(
  parts: EtlParts,
  options: Omit<ServiceAppOptions, "service" | "title" | "description">,
): ServiceApp {
  const app = createServiceApp({
    ...options,
    service: "etl",
    title: "Pronoia: ETL",
    description: "Cycles of analysis over the series of Prometheus, and how long each part takes.",
  });
  addTimingRoutes(app, parts);
  addCycleRoutes(app, parts);
  return app;
}
