import { createRoute, type RouteConfig, z } from "@hono/zod-openapi";
import { problems } from "./problem.ts";

const READS = ["get", "head", "options"];

/**
 * Adds to a route what is true of every route: parameters that it does not know are refused, and so is a write without
 * a token or with a body that can't be read. An operation without a name gets one from its method and path.
 */
export function completeRoute<Route extends RouteConfig>(route: Route, needsToken: boolean): RouteConfig {
  const { method, path, request, responses } = route;
  const query = request?.query ?? z.object({});
  const refusals = {
    ...problems(422),
    ...(path.includes("{") && problems(404)),
    ...(request?.body && problems(400, 413, 415)),
    ...(needsToken && !READS.includes(method) && problems(401)),
  };
  return createRoute({
    ...route,
    operationId: route.operationId ?? nameOf(method, path),
    summary: route.summary ?? firstSentence(route.description) ?? `${method.toUpperCase()} ${path}`,
    request: { ...request, query: query instanceof z.ZodObject ? query.strict() : query },
    responses: { ...refusals, ...responses },
  });
}

/** `get /slas/{id}/events` is `getSlasIdEvents`. */
function nameOf(method: string, path: string): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return method + words.map((word) => word[0].toUpperCase() + word.slice(1)).join("");
}

function firstSentence(text: string | undefined): string | undefined {
  return text?.split(/(?<=[^.])\.(?:\s|$)/)[0];
}
