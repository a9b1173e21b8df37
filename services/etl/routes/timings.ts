import { createRoute, z } from "@hono/zod-openapi";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { json } from "../../shared/runtime/http/json.ts";
import { listQuery, pageOf } from "../../shared/runtime/http/list_query.ts";
import { pageBy } from "../record/page_by.ts";
import type { Timings } from "../record/timings.ts";
import { Timing } from "./schemas.ts";

const list = createRoute({
  method: "get",
  path: "/timings",
  operationId: "listTimings",
  tags: ["Timings"],
  summary: "How long each function takes",
  description: "Metadata functions and value functions apart, and the stages of a cycle.",
  request: { query: z.object({ ...listQuery }) },
  responses: {
    200: json(pageOf(Timing), "A page of timings"),
  },
});

/** Adds the route of timings. */
export function addTimingRoutes(
  app: ServiceApp,
  { timings }: { readonly timings: Pick<Timings, "list"> },
): void {
  app.openapi(list, (c) => {
    const page = pageBy(
      timings.list(),
      { list: "timings", key: ({ kind, name }) => `${kind} ${name}` },
      c.req.valid("query"),
    );
    return c.json(page, 200);
  });
}
