import { OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { HTTPException } from "hono/http-exception";
import { requestId } from "hono/request-id";
import { routePath } from "hono/route";
import type { FieldError } from "../../domain/errors.ts";
import { etags } from "../files/etag.ts";
import { createReadiness } from "../health.ts";
import { completeRoute } from "./_complete_route.ts";
import { answerDeadline } from "./_answer_deadline.ts";
import { addStandardRoutes } from "./_standard_routes.ts";
import { createUnavailableLog } from "./_unavailable_log.ts";
import { requireToken } from "./auth.ts";
import { heads } from "./head.ts";
import { answerError, answerProblem, fieldErrors } from "./problem.ts";
import type { ServiceAppOptions } from "./service_app_options.ts";

/** The app of a service: Hono with OpenAPI. */
export type ServiceApp = OpenAPIHono;

/**
 * Makes the app of a service with all that services have in common: `/livez`, `/readyz`, `/metrics`, `/openapi.json`
 * and `/docs`; request ids, durations as metrics, tokens on writes, a limit on bodies, a deadline for answers, ETags
 * on reads; and errors as problem+json, whoever found them.
 *
 * A query parameter that a route does not know is refused, so that a misspelt one is never ignored.
 */
export function createServiceApp(options: ServiceAppOptions): ServiceApp {
  const { dependencies, tokens = [], corsOrigins = [], signal, bodyBytesMax = 1_000_000 } = options;
  const readiness = createReadiness({ dependencies, signal });
  const app = new OpenAPIHono({
    defaultHook: (result, c) => {
      if (!result.success) {
        const input = "data" in result ? result.data : undefined;
        const errors = fieldErrors(result.error, input, { of: result.target });
        return answerProblem(c, 422, {
          detail: `The ${placeOf(result.target)} is not as documented: ${describeErrors(errors)}`,
          errors,
        });
      }
    },
  });
  completeRoutes(app, { needsToken: tokens.length > 0 });
  app.use("*", heads());
  app.use("*", requestId({ limitLength: 64 }));
  const unavailable = createUnavailableLog();
  app.use("*", async (_c, next) => {
    await next();
    unavailable.flush();
  });
  app.use("*", measureDurations(options));
  app.use("*", async (c, next) => {
    c.header("x-content-type-options", "nosniff");
    await next();
  });
  if (corsOrigins.length > 0) {
    const exposeHeaders = ["ETag", "Location", "X-Request-Id"];
    app.use("*", cors({ origin: corsOrigins.includes("*") ? "*" : [...corsOrigins], exposeHeaders }));
  }
  app.use("*", requireToken(tokens));
  app.use(
    "*",
    bodyLimit({
      maxSize: bodyBytesMax,
      onError: () => {
        throw new HTTPException(413, { message: `A body may have at most ${bodyBytesMax} bytes` });
      },
    }),
  );
  app.use("*", refuseAtFixedPaths(app));
  app.use("*", answerDeadline({ readiness, deadlineMs: options.deadlineMs ?? 10_000 }));
  app.use("*", etags());
  app.onError(async (error, c) =>
    await isForEmptyBody(error, c)
      ? answerProblem(c, 400, { detail: "The body is empty: it must be JSON" })
      : answerError(error, c, unavailable)
  );
  app.notFound((c) => {
    const allowed = methodsAt(app.routes.filter(({ path }) => toPattern(path).test(c.req.path)));
    if (allowed.length === 0) {
      return answerProblem(c, 404, { detail: "There is nothing at this path: /docs shows what there is" });
    }
    return answerNotAllowed(c, allowed);
  });
  addStandardRoutes(app, options, readiness);
  return app;
}

/** Every route is added with what holds for all of them; see {@linkcode completeRoute}. */
function completeRoutes(app: OpenAPIHono, options: { readonly needsToken: boolean }): void {
  const openapi = app.openapi;
  // The types stay those of the route given: which input is refused does not change the shape of what is taken.
  app.openapi =
    ((route: RouteConfig, ...rest: [never]) =>
      openapi(completeRoute(route, options), ...rest)) as typeof app.openapi;
}

function measureDurations({ service, metrics }: ServiceAppOptions): MiddlewareHandler {
  const duration = metrics.histogram({
    name: "http_request_duration_seconds",
    help: "Time to answer a request",
    labels: ["service", "method", "route", "status"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  });
  return async (c, next) => {
    const startMs = performance.now();
    await next();
    // Patterns, not paths: the number of series must not become the number of metrics.
    const pattern = routePath(c, -1);
    const labels = {
      service,
      method: METHODS.has(c.req.method) ? c.req.method : "other",
      route: pattern.endsWith("*") ? "none" : pattern,
      status: String(c.res.status),
    };
    duration.observe((performance.now() - startMs) / 1000, labels);
  };
}

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** What `/slas/{id}` answers is not offered at `/slas/status`: a path that is spelt out is no id. */
function refuseAtFixedPaths(app: OpenAPIHono): MiddlewareHandler {
  let methodsByPath: ReadonlyMap<string, readonly string[]> | undefined;
  return async (c, next) => {
    // Not before the first request are all routes there.
    methodsByPath ??= new Map(
      [...Map.groupBy(app.routes, ({ path }) => path)].map(([path, routes]) => [path, methodsAt(routes)]),
    );
    const allowed = methodsByPath.get(c.req.path) ?? [];
    if (allowed.length > 0 && !allowed.includes(c.req.method)) return answerNotAllowed(c, allowed);
    await next();
  };
}

function answerNotAllowed(c: Context, allowed: readonly string[]): Response {
  c.header("allow", allowed.join(", "));
  return answerProblem(c, 405, { detail: `This path answers ${allowed.join(", ")}` });
}

/** Which methods routes answer, middleware aside. */
function methodsAt(routes: OpenAPIHono["routes"]): string[] {
  const methods = routes.filter(({ method }) => method !== "ALL")
    .flatMap(({ method }) => method === "GET" ? ["GET", "HEAD"] : [method]);
  return [...new Set(methods)].sort();
}

function toPattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/:[^/]+/g, "[^/]+")}$`);
}

/** Whether a body could not be read as JSON because nothing was sent. */
async function isForEmptyBody(error: Error, c: Context): Promise<boolean> {
  if (!(error instanceof HTTPException) || !error.message.startsWith("Malformed JSON")) return false;
  // A body that broke off on its way is not empty.
  return await c.req.text().then((text) => text.trim() === "", () => false);
}

/** Wrong fields that are named in a sentence; `errors` has them all. */
const NAMED_MAX = 5;

/** Every wrong field in one line, and of many how many there are. */
function describeErrors(errors: readonly FieldError[]): string {
  const named = errors.slice(0, NAMED_MAX).map(({ field, message }) => `${field} ${message}`.trim()).join(
    "; ",
  );
  return errors.length <= NAMED_MAX ? named : `${named}; and ${errors.length - NAMED_MAX} more, see errors`;
}

function placeOf(target: string): string {
  return { json: "body", query: "query", param: "path", header: "header" }[target] ?? target;
}
