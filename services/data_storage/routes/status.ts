import { createRoute, z } from "@hono/zod-openapi";
import { count, text, timeMsOrNull } from "../../shared/domain/fields.ts";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { json } from "../../shared/runtime/http/json.ts";
import { problems } from "../../shared/runtime/http/problem.ts";
import { readStatus, type StatusParts } from "../read_status.ts";

const Status = z.object({
  lag: z.array(z.object({
    partition: count("Partition of prometheusdata", 0),
    committed: text("Offset of the next message to store", "1020"),
    end: text("Offset the next published message will get", "1024"),
    lag: count("Messages in between", 4),
  })).describe("Per partition of prometheusdata"),
  lagTotal: count("Messages not stored yet, of all partitions", 4),
  rows: z.object({
    series: count("Series known", 100),
    metadata: count("Rows of metadata, one per series", 100),
    statistics: count("Rows of statistics", 12_000),
    forecast: count("Rows of forecasts", 9_000),
  }).describe("What is stored"),
  lastWriteMs: timeMsOrNull("When this process last wrote (null before)"),
  lastProducedAtMs: timeMsOrNull(
    "When the newest stored result was computed (null: none), by its source's clock",
  ),
  deadLetters: count("Messages that could not be stored", 2),
  deadLettersWaiting: count("Those no replay has been over", 1),
}).meta({ id: "StorageStatus", description: "Where storing stands" });

const status = createRoute({
  method: "get",
  path: "/status",
  operationId: "readStatus",
  tags: ["Status"],
  summary: "Where storing stands",
  description: "How far behind it is, what is stored, and what could not be.",
  responses: {
    200: json(Status, "Lag, rows and dead letters"),
    ...problems(503),
  },
});

/** Adds the route that tells where storing stands. */
export function addStatusRoute(app: ServiceApp, parts: StatusParts): void {
  app.openapi(status, async (c) => {
    const { lag, ...rest } = await readStatus(parts);
    return c.json({ ...rest, lag: [...lag] }, 200);
  });
}
