import { createRoute, z } from "@hono/zod-openapi";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { json } from "../../shared/runtime/http/json.ts";
import { problems } from "../../shared/runtime/http/problem.ts";
import { readAccuracy } from "../forecasts/read_accuracy.ts";
import type { RetrievalParts } from "../parts.ts";
import { readRange } from "../samples/read_range.ts";
import { requireSeries } from "../stored/require_series.ts";
import { Accuracy, rangeQuery, Samples, SeriesPath } from "./schemas.ts";

const samples = createRoute({
  method: "get",
  path: "/series/{id}/samples",
  operationId: "readSamples",
  tags: ["Samples"],
  summary: "Values of a series, from the metrics source",
  description:
    "By `window`, or by `fromMs` and `toMs`; default: the last hour. A counter as its rate per second.",
  request: { params: SeriesPath, query: z.object(rangeQuery) },
  responses: {
    200: json(Samples, "Its values"),
    ...problems(404, 422, 503),
  },
});

const accuracy = createRoute({
  method: "get",
  path: "/series/{id}/accuracy",
  operationId: "readAccuracy",
  tags: ["Forecasts"],
  summary: "What past forecasts were worth",
  description: "Holds the forecasts of a time (default: the last hour) against the samples that came.",
  request: { params: SeriesPath, query: z.object(rangeQuery) },
  responses: {
    200: json(Accuracy, "Its grades"),
    ...problems(404, 422, 503),
  },
});

/** Adds the routes that read samples: for plots, and to grade forecasts. */
export function addSampleRoutes(app: ServiceApp, parts: RetrievalParts): void {
  const { reader, readSamples } = parts;
  app.openapi(samples, async (c) => {
    const series = await requireSeries(reader, c.req.valid("param").id);
    const { startMs, stepMs, values } = await readSamples(series, readRange(c.req.valid("query")));
    return c.json({
      series,
      fromMs: startMs,
      toMs: startMs + values.length * stepMs,
      stepMs,
      values: Array.from(values, (value) => Number.isNaN(value) ? null : value),
      ...(values.every(Number.isNaN) && { reason: "the metrics source has no sample of it in this time" }),
    }, 200);
  });
  app.openapi(accuracy, async (c) => {
    return c.json(await readAccuracy(parts, c.req.valid("param").id, c.req.valid("query")), 200);
  });
}
