import { createServiceApp, type ServiceApp } from "../shared/runtime/http/http.ts";
import type { ServiceAppOptions } from "../shared/runtime/http/service_app_options.ts";
import type { StorageParts } from "./parts.ts";
import { addDeadLetterRoutes } from "./routes/dead_letters.ts";
import { addStatusRoute } from "./routes/status.ts";

/** What the app has in common with every service's. */
export type StorageAppOptions = Omit<ServiceAppOptions, "service" | "title" | "description" | "signal">;

/** Makes the app of data_storage. */
export function createApp(parts: StorageParts, options: StorageAppOptions): ServiceApp {
  const app = createServiceApp({
    ...options,
    signal: parts.signal,
    service: "data_storage",
    title: "Pronoia: data storage",
    description:
      "Where storing stands, and the messages that could not be stored. Times are epoch milliseconds.",
  });
  addStatusRoute(app, parts);
  addDeadLetterRoutes(app, parts);
  return app;
}
