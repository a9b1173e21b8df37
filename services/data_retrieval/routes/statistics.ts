import { createRoute, z } from "@hono/zod-openapi";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { json } from "../../shared/runtime/http/json.ts";
import { listQuery, pageOf, windowQuery } from "../../shared/runtime/http/list_query.ts";
import { problems } from "../../shared/runtime/http/problem.ts";
import type { RetrievalParts } from "../parts.ts";
import { readStatistics } from "../stored/read_statistics.ts";
import { filterQuery, readFilter, SeriesPath, SeriesStatistics, StoredStatistics } from "./schemas.ts";
import { mutable } from "./series.ts";

/** Adds the routes of statistics; their windows are the configured ones. */
export function addStatisticsRoutes(app: ServiceApp, { reader, windowsMs }: RetrievalParts): void {
  const window = windowQuery(windowsMs);
  const list = createRoute({
    method: "get",
    path: "/statistics",
    operationId: "listStatistics",
    tags: ["Statistics"],
    summary: "Newest statistics of each series",
    description: "One entry per series and window; of one window alone with `?window=`.",
    request: { query: z.object({ ...listQuery, window, ...filterQuery }) },
    responses: {
      200: json(pageOf(StoredStatistics), "A page"),
      ...problems(422, 503),
    },
  });
  const read = createRoute({
    method: "get",
    path: "/series/{id}/statistics",
    operationId: "readStatistics",
    tags: ["Statistics"],
    summary: "Min, max, mean and standard deviation of a series",
    description: "Of every window under `items`; with `?window=` of that one, its fields also at the top.",
    request: { params: SeriesPath, query: z.object({ window }) },
    responses: {
      200: json(SeriesStatistics, "Its statistics"),
      ...problems(404, 422, 503),
    },
  });
  app.openapi(list, async (c) => {
    const { limit, cursor, window, ...filter } = c.req.valid("query");
    const page = await reader.listLatest("statistics", { ...readFilter(filter), window }, { limit, cursor });
    return c.json(mutable(page), 200);
  });
  app.openapi(read, async (c) => {
    const { window } = c.req.valid("query");
    return c.json(await readStatistics(reader, windowsMs, c.req.valid("param").id, window), 200);
  });
}
