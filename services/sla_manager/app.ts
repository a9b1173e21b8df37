import type { ServiceApp } from "../shared/runtime/http.ts";
import type { Evaluator } from "./evaluation/evaluator.ts";
import type { EventFeed } from "./events/event_feed.ts";
import { addAnswerRoutes } from "./routes/answers.ts";
import { addDefinitionRoutes } from "./routes/definitions.ts";
import { addEventRoutes } from "./routes/events.ts";

/** What the routes answer from. */
export interface SlaAppParts {
  readonly evaluator: Evaluator;
  readonly feed: EventFeed;
  /** Ends live feeds. */
  readonly signal: AbortSignal;
}

/** Adds the routes of the SLA manager: each parses, calls one function, answers. */
export function addSlaRoutes(app: ServiceApp, parts: SlaAppParts): ServiceApp {
  // Fixed paths first: `/slas/status` is no id.
  addAnswerRoutes(app, parts);
  addEventRoutes(app, parts);
  addDefinitionRoutes(app, parts);
  return app;
}
