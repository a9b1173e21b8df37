import { createRoute, z } from "@hono/zod-openapi";
import type { ServiceApp } from "../../shared/runtime/http.ts";
import { problems } from "../../shared/runtime/problem.ts";
import { readStatus, type StatusParts } from "../read_status.ts";

const count = z.int().min(0);

const Status = z.object({
  lag: z.array(z.object({
    partition: count,
    committed: z.string().describe("Offset of the next message to store"),
    end: z.string().describe("Offset the next published message will get"),
    lag: count.describe("Messages in between"),
  })).describe("Per partition of prometheusdata"),
  lagTotal: count,
  rows: z.object({ series: count, metadata: count, statistics: count, forecast: count }),
  lastWriteMs: z.int().nullable().describe("When this process last wrote, epoch ms; null before"),
  lastProducedAtMs: z.int().nullable().describe(
    "When the newest stored result was computed, epoch ms of its source",
  ),
  deadLetters: count.describe("Messages that could not be stored"),
  deadLettersWaiting: count.describe("Those no replay has been over"),
}).meta({ id: "StorageStatus" });

const status = createRoute({
  method: "get",
  path: "/status",
  operationId: "readStatus",
  tags: ["Status"],
  summary: "Where storing stands",
  responses: {
    200: { description: "Lag, rows and dead letters", content: { "application/json": { schema: Status } } },
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
