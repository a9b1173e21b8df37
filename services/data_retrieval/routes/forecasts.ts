import { createRoute, z } from "@hono/zod-openapi";
import { Duration } from "../../shared/domain/units/duration.ts";
import { DURATION_PATTERN } from "../../shared/domain/units/duration_text.ts";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { json } from "../../shared/runtime/http/json.ts";
import { listQuery, pageOf } from "../../shared/runtime/http/list_query.ts";
import { problems } from "../../shared/runtime/http/problem.ts";
import { listPastForecasts } from "../forecasts/list_past_forecasts.ts";
import { readForecast } from "../forecasts/read_forecast.ts";
import type { RetrievalParts } from "../parts.ts";
import { lightenForecast } from "../stored/lighten.ts";
import { filterQuery, rangeQuery, readFilter, SeriesPath, StoredForecast, viewQuery } from "./schemas.ts";
import { mutable } from "./series.ts";

const list = createRoute({
  method: "get",
  path: "/forecasts",
  operationId: "listForecasts",
  tags: ["Forecasts"],
  summary: "Newest forecast of each series",
  request: { query: z.object({ ...listQuery, ...filterQuery, ...viewQuery }) },
  responses: {
    200: json(pageOf(StoredForecast), "A page"),
    ...problems(422, 503),
  },
});

const read = createRoute({
  method: "get",
  path: "/series/{id}/forecast",
  operationId: "readForecast",
  tags: ["Forecasts"],
  summary: "The next minutes of a series, or with a horizon up to a day",
  description:
    "The newest stored forecast. A `horizon` other than the stored one is computed now from the samples.",
  request: {
    params: SeriesPath,
    query: z.object({
      horizon: Duration.optional().meta({
        description:
          "How far to look, from one step of the series, rounded up to whole steps, to 24h; default: as stored",
        example: "4h",
        type: "string",
        pattern: DURATION_PATTERN.source,
      }),
    }),
  },
  responses: {
    200: json(StoredForecast, "Its forecast"),
    ...problems(404, 422, 429, 503),
  },
});

const listPast = createRoute({
  method: "get",
  path: "/series/{id}/forecasts",
  operationId: "listPastForecasts",
  tags: ["Forecasts"],
  summary: "Past forecasts of a series",
  description: "Oldest first, by origin; default: those of the last hour.",
  request: { params: SeriesPath, query: z.object({ ...listQuery, ...rangeQuery, ...viewQuery }) },
  responses: {
    200: json(pageOf(StoredForecast), "A page"),
    ...problems(404, 422, 503),
  },
});

/** Adds the routes of forecasts. */
export function addForecastRoutes(app: ServiceApp, parts: RetrievalParts): void {
  const { reader } = parts;
  app.openapi(list, async (c) => {
    const { limit, cursor, view, ...filter } = c.req.valid("query");
    const page = await reader.listLatest("forecast", readFilter(filter), { limit, cursor });
    const items = view === "summary" ? page.items.map(lightenForecast) : page.items;
    return c.json(mutable({ ...page, items }), 200);
  });
  app.openapi(read, async (c) => {
    const { horizon } = c.req.valid("query");
    return c.json(await readForecast(parts, c.req.valid("param").id, horizon), 200);
  });
  app.openapi(listPast, async (c) => {
    const { limit, cursor, view, ...range } = c.req.valid("query");
    const page = await listPastForecasts(parts, c.req.valid("param").id, range, { limit, cursor });
    const items = view === "summary" ? page.items.map(lightenForecast) : page.items;
    return c.json(mutable({ ...page, items }), 200);
  });
}
