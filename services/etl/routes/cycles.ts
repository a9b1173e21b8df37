import { createRoute, z } from "@hono/zod-openapi";
import { DomainError } from "../../shared/domain/errors.ts";
import { count, EXAMPLE_TIME_MS } from "../../shared/domain/fields.ts";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { json } from "../../shared/runtime/http/json.ts";
import { listQuery, pageOf } from "../../shared/runtime/http/list_query.ts";
import { problems } from "../../shared/runtime/http/problem.ts";
import type { CycleLog } from "../record/cycle_log.ts";
import { pageBy } from "../record/page_by.ts";
import type { CycleLoop } from "../run_cycles.ts";
import { Cycle, CycleSeries } from "./schemas.ts";

const tags = ["Cycles"];

const params = z.object({
  id: z.string().max(64).meta({
    description: "Id of the cycle",
    example: String(EXAMPLE_TIME_MS),
  }),
});

const list = createRoute({
  method: "get",
  path: "/cycles",
  operationId: "listCycles",
  tags,
  summary: "The last cycles",
  description: "Newest first. Where several replicas share the series, each tells of its own cycles.",
  request: { query: z.object({ ...listQuery }) },
  responses: {
    200: json(
      pageOf(Cycle).extend({
        overruns: count("Cycles longer than the interval, since the start", 0),
        done: count("Cycles that came to their end, since the start", 60),
      }),
      "A page of cycles",
    ),
  },
});

const start = createRoute({
  method: "post",
  path: "/cycles",
  operationId: "startCycle",
  tags,
  summary: "Run a cycle now",
  description: "Does not wait for its end: read the cycle that `Location` names.",
  responses: {
    202: {
      ...json(Cycle, "A cycle has begun"),
      headers: z.object({
        Location: z.string().meta({
          description: "Path of the cycle, relative",
          example: `cycles/${EXAMPLE_TIME_MS}`,
        }),
      }),
    },
    ...problems(409),
  },
});

const read = createRoute({
  method: "get",
  path: "/cycles/{id}",
  operationId: "readCycle",
  tags,
  summary: "One cycle",
  request: { params },
  responses: { 200: json(Cycle, "The cycle") },
});

const listSeries = createRoute({
  method: "get",
  path: "/cycles/{id}/series",
  operationId: "listCycleSeries",
  tags,
  summary: "What became of each series in a cycle",
  description:
    "Series kept and dropped, with the reason, and those of other replicas, as far as known while it runs; remembered for the newest cycles.",
  request: { params, query: z.object({ ...listQuery }) },
  responses: { 200: json(pageOf(CycleSeries), "A page of series") },
});

/** Adds the routes of cycles. */
export function addCycleRoutes(
  app: ServiceApp,
  { cycles, loop }: { readonly cycles: CycleLog; readonly loop: Pick<CycleLoop, "runNow"> },
): void {
  app.openapi(list, (c) => {
    const page = pageBy(cycles.list(), { list: "cycles", key: ({ id }) => id }, c.req.valid("query"));
    return c.json({ ...page, overruns: cycles.overruns, done: cycles.done }, 200);
  });
  app.openapi(start, (c) => {
    const cycle = loop.runNow();
    c.header("location", `cycles/${cycle.id}`);
    return c.json(cycle, 202);
  });
  app.openapi(read, (c) => {
    const { id } = c.req.valid("param");
    const cycle = cycles.find(id);
    if (cycle === undefined) {
      throw new DomainError(
        "not-found",
        `No cycle "${id}" is remembered: the list of cycles has those that are`,
      );
    }
    return c.json(cycle, 200);
  });
  app.openapi(listSeries, (c) => {
    const { id } = c.req.valid("param");
    const series = cycles.seriesOf(id);
    if (series === undefined) {
      throw new DomainError(
        "not-found",
        `No series of a cycle "${id}" are remembered: those of the newest in /cycles are`,
      );
    }
    const about = { list: `series of ${id}`, key: (each: typeof series[number]) => each.series.id };
    return c.json(pageBy(series, about, c.req.valid("query")), 200);
  });
}
