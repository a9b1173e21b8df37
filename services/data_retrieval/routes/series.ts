import { createRoute, z } from "@hono/zod-openapi";
import { Series } from "../../shared/domain/series.ts";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { json } from "../../shared/runtime/http/json.ts";
import { listQuery, pageOf } from "../../shared/runtime/http/list_query.ts";
import { problems } from "../../shared/runtime/http/problem.ts";
import type { RetrievalParts } from "../parts.ts";
import { requireSeries } from "../stored/require_series.ts";
import { filterQuery, readFilter, SeriesPath } from "./schemas.ts";

const list = createRoute({
  method: "get",
  path: "/series",
  operationId: "listSeries",
  tags: ["Series"],
  summary: "Watched series",
  description: "Ordered by id, paged by cursor, filtered by metric name and labels.",
  request: { query: z.object({ ...listQuery, ...filterQuery }) },
  responses: {
    200: json(pageOf(Series), "A page of series"),
    ...problems(422, 503),
  },
});

const read = createRoute({
  method: "get",
  path: "/series/{id}",
  operationId: "readSeries",
  tags: ["Series"],
  summary: "One series",
  request: { params: SeriesPath },
  responses: {
    200: json(Series, "The series"),
    ...problems(404, 422, 503),
  },
});

/** Adds the routes that tell which series there are. */
export function addSeriesRoutes(app: ServiceApp, { reader }: RetrievalParts): void {
  app.openapi(list, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid("query");
    return c.json(mutable(await reader.listSeries(readFilter(filter), { limit, cursor })), 200);
  });
  app.openapi(read, async (c) => c.json(await requireSeries(reader, c.req.valid("param").id), 200));
}

/** The type of an answer has no `readonly`; the value is written out as it is. */
export function mutable<Item>(
  page: { readonly items: readonly Item[]; readonly nextCursor: string | null },
): {
  items: Item[];
  nextCursor: string | null;
} {
  return { items: page.items as Item[], nextCursor: page.nextCursor };
}
