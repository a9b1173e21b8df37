import type { ServiceApp } from "../shared/runtime/http/http.ts";
import { addBudgetRoutes } from "./routes/budgets.ts";
import { addDefinitionRoutes } from "./routes/definitions.ts";
import { addEventRoutes, type EventRouteParts } from "./routes/events.ts";
import { addOneDefinitionRoutes } from "./routes/one_definition.ts";
import { addPredictionRoutes } from "./routes/predictions.ts";
import { addStatusRoutes } from "./routes/statuses.ts";
import { addViolationRoutes } from "./routes/violations.ts";

/** Adds the routes of the SLA manager: each parses, calls one function, answers. */
export function addSlaRoutes(app: ServiceApp, parts: EventRouteParts): ServiceApp {
  // Fixed paths first: `/slas/status` is no id.
  addStatusRoutes(app, parts);
  addViolationRoutes(app, parts);
  addPredictionRoutes(app, parts);
  addBudgetRoutes(app, parts);
  addEventRoutes(app, parts);
  addDefinitionRoutes(app, parts);
  addOneDefinitionRoutes(app, parts);
  return app;
}
