import { createRoute, type RouteConfig, z } from "@hono/zod-openapi";
import { problems } from "./problem.ts";

const READS = ["get", "head", "options"];

/**
 * Adds to a route what is true of every route: parameters that it does not know are refused, and so is a write
 * without a token or with a body that can't be read; what has not changed is not sent again. An operation without a
 * name gets one from its method and path.
 */
export function completeRoute<Route extends RouteConfig>(
  route: Route,
  { needsToken }: { readonly needsToken: boolean },
): RouteConfig {
  const { method, path, request, responses } = route;
  const isRead = READS.includes(method);
  const query = request?.query ?? z.object({});
  const refusals = {
    ...problems(422),
    ...(path.includes("{") && problems(404)),
    ...(request?.body && problems(400, 415)),
    ...(!isRead && problems(413)),
    ...(needsToken && !isRead && problems(401)),
    ...(isRead && hasJson(responses[200]) && {
      304: { description: "Not changed since the answer whose `ETag` is given as `If-None-Match`" },
    }),
  };
  return createRoute({
    ...route,
    operationId: route.operationId ?? nameOf(method, path),
    summary: route.summary ?? firstSentence(route.description) ?? `${method.toUpperCase()} ${path}`,
    request: { ...request, query: query instanceof z.ZodObject ? query.strict() : query },
    responses: { ...refusals, ...responses },
  });
}

function hasJson(response: object | undefined): boolean {
  const content: unknown = response !== undefined && "content" in response ? response.content : undefined;
  return typeof content === "object" && content !== null && "application/json" in content;
}

/** `get /slas/{id}/events` is `getSlasIdEvents`. */
function nameOf(method: string, path: string): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return method + words.map((word) => word[0].toUpperCase() + word.slice(1)).join("");
}

function firstSentence(text: string | undefined): string | undefined {
  return text?.split(/(?<=[^.])\.(?:\s|$)/)[0];
}
