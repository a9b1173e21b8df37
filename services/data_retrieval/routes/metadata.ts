import { createRoute, z } from "@hono/zod-openapi";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { json } from "../../shared/runtime/http/json.ts";
import { listQuery, pageOf } from "../../shared/runtime/http/list_query.ts";
import { problems } from "../../shared/runtime/http/problem.ts";
import type { RetrievalParts } from "../parts.ts";
import { lightenMetadata } from "../stored/lighten.ts";
import { requireLatest } from "../stored/require_series.ts";
import { filterQuery, readFilter, SeriesPath, StoredMetadata, viewQuery } from "./schemas.ts";
import { mutable } from "./series.ts";

const list = createRoute({
  method: "get",
  path: "/metadata",
  operationId: "listMetadata",
  tags: ["Metadata"],
  summary: "Newest metadata of each series",
  request: { query: z.object({ ...listQuery, ...filterQuery, ...viewQuery }) },
  responses: {
    200: json(pageOf(StoredMetadata), "A page"),
    ...problems(422, 503),
  },
});

const read = createRoute({
  method: "get",
  path: "/series/{id}/metadata",
  operationId: "readMetadata",
  tags: ["Metadata"],
  summary: "What a series is like: autocorrelation, stationarity, seasonality",
  request: { params: SeriesPath },
  responses: {
    200: json(StoredMetadata, "Its metadata"),
    ...problems(404, 422, 503),
  },
});

/** Adds the routes of metadata. */
export function addMetadataRoutes(app: ServiceApp, { reader }: RetrievalParts): void {
  app.openapi(list, async (c) => {
    const { limit, cursor, view, ...filter } = c.req.valid("query");
    const page = await reader.listLatest("metadata", readFilter(filter), { limit, cursor });
    const items = view === "summary" ? page.items.map(lightenMetadata) : page.items;
    return c.json(mutable({ ...page, items }), 200);
  });
  app.openapi(
    read,
    async (c) => c.json(await requireLatest(reader, "metadata", c.req.valid("param").id), 200),
  );
}
