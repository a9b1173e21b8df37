import { createRoute, z } from "@hono/zod-openapi";
import { DomainError } from "../shared/domain/errors.ts";
import { Series } from "../shared/domain/series.ts";
import { createServiceApp, type ServiceApp, type ServiceAppOptions } from "../shared/runtime/http.ts";
import { listQuery, pageOf } from "../shared/runtime/list_query.ts";
import type { CycleLog } from "./cycle_log.ts";
import { pageBy } from "./page_by.ts";
import type { CycleLoop } from "./run_cycles.ts";
import type { Timings } from "./timings.ts";

/** What the routes show. */
export interface EtlParts {
  readonly cycles: CycleLog;
  readonly loop: Pick<CycleLoop, "runNow">;
  readonly timings: Pick<Timings, "list">;
}

const durationMs = (what: string) => z.number().describe(`${what}, ms`);

const TimingBody = z.object({
  name: z.string().describe("Function of the library, or stage of a cycle"),
  kind: z.enum(["metadata", "value", "stage"]).describe(
    "metadata functions run on their own interval, value functions every cycle, stages are the cycle's own",
  ),
  count: z.int().describe("Calls since the start"),
  last: durationMs("Duration of the last call"),
  mean: durationMs("Mean duration of all calls"),
  p95: durationMs("95th percentile of the last thousand calls"),
}).meta({ id: "Timing" });

const CycleBody = z.object({
  id: z.string(),
  startedAtMs: z.int(),
  endedAtMs: z.int().nullable().describe("null while it runs"),
  state: z.enum(["running", "done", "failed"]),
  reason: z.string().optional().describe("Why it failed"),
  overran: z.boolean().describe("Whether it took longer than the interval"),
  found: z.int().describe("Series found"),
  kept: z.int().describe("Series analysed"),
  dropped: z.int().describe("Series not analysed; why is told under series"),
  leftOut: z.array(z.object({ rule: z.string(), series: z.int() })).describe("Series left out by rule"),
  published: z.object({ metadata: z.int(), statistics: z.int(), forecast: z.int() }).describe("Messages"),
  quick: z.int().describe("Forecasts whose method is a first, quick choice"),
  warnings: z.array(z.string()),
  durationsMs: z.record(z.string(), z.number()).describe(
    "Per stage, summed over parallel work, and in total",
  ),
}).meta({ id: "Cycle" });

const CycleSeriesBody = z.object({
  series: Series,
  state: z.enum(["kept", "dropped"]),
  reason: z.string().optional().describe("Why it was dropped"),
  problems: z.array(z.string()).describe("What could not be computed"),
}).meta({ id: "CycleSeries" });

const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  content: { "application/json": { schema } },
  description,
});

const idParameter = z.object({ id: z.string().regex(/^\d{1,16}$/, "must be the id of a cycle") });

/** Makes the app of the etl: what it did, how long it took, and a way to make it run now. */
export function createApp(
  { cycles, loop, timings }: EtlParts,
  options: Omit<ServiceAppOptions, "service" | "title" | "description">,
): ServiceApp {
  const app = createServiceApp({
    ...options,
    service: "etl",
    title: "Pronoia: ETL",
    description: "Cycles of analysis over the series of Prometheus, and how long each part takes.",
  });

  app.openapi(
    createRoute({
      method: "get",
      path: "/timings",
      request: { query: z.object({ ...listQuery }) },
      responses: {
        200: json(pageOf(TimingBody), "How long each function takes, metadata and value functions apart"),
      },
    }),
    (c) => c.json(pageBy(timings.list(), ({ kind, name }) => `${kind} ${name}`, c.req.valid("query")), 200),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/cycles",
      request: { query: z.object({ ...listQuery }) },
      responses: {
        200: json(
          pageOf(CycleBody).extend({
            overruns: z.int().describe("Cycles longer than the interval, since the start"),
          }),
          "The last cycles, newest first",
        ),
      },
    }),
    (c) => {
      const page = pageBy(cycles.list(), ({ id }) => id, c.req.valid("query"));
      return c.json({ ...page, overruns: cycles.overruns }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/cycles",
      responses: { 202: json(CycleBody, "A cycle has begun; `Location` names it") },
    }),
    (c) => {
      const cycle = loop.runNow();
      c.header("location", `cycles/${cycle.id}`);
      return c.json(cycle, 202);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/cycles/{id}",
      request: { params: idParameter },
      responses: { 200: json(CycleBody, "One cycle") },
    }),
    (c) => {
      const { id } = c.req.valid("param");
      const cycle = cycles.find(id);
      if (cycle === undefined) throw unknownCycle(id);
      return c.json(cycle, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/cycles/{id}/series",
      request: { params: idParameter, query: z.object({ ...listQuery }) },
      responses: { 200: json(pageOf(CycleSeriesBody), "Series kept and dropped, with the reason") },
    }),
    (c) => {
      const { id } = c.req.valid("param");
      const series = cycles.seriesOf(id);
      if (series === undefined) throw unknownCycle(id);
      return c.json(pageBy(series, (each) => each.series.id, c.req.valid("query")), 200);
    },
  );
  return app;
}

function unknownCycle(id: string): DomainError {
  return new DomainError("not-found", `There is no cycle "${id}", or none whose series are still remembered`);
}
