import { createRoute, z } from "@hono/zod-openapi";
import type { PageRequest } from "../../shared/domain/page.ts";
import { SlaViolations } from "../../shared/domain/sla/sla_violations.ts";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { json } from "../../shared/runtime/http/json.ts";
import { listQuery, pageOf, windowQuery } from "../../shared/runtime/http/list_query.ts";
import { problems } from "../../shared/runtime/http/problem.ts";
import { answerViolations, trailingSpan } from "../answers/answer_violations.ts";
import { listViolations } from "../answers/list_violations.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import { askedSpanQuery, readSpan, WINDOW_DEFAULT } from "./_asked_span.ts";
import { idParameter } from "./_parameters.ts";
import { readPage } from "./_read_page.ts";

/** The windows that violations are listed over. */
const VIOLATION_WINDOWS_MS = [3_600_000, 10_800_000, 43_200_000];

/** Where every other window is answered: over all SLAs it would be read anew for each. */
const OTHER_WINDOWS = "any from 1s to 366d is answered for one SLA, by /slas/{id}/violations";

/** Adds the routes of past violations. */
export function addViolationRoutes(app: ServiceApp, { evaluator }: { readonly evaluator: Evaluator }): void {
  const { time } = evaluator;

  app.openapi(
    createRoute({
      method: "get",
      path: "/slas/violations",
      operationId: "listViolations",
      tags: ["SLA violations"],
      summary: "Past violations of every SLA",
      description: "Over one of the usual windows, default 1h; over any other by SLA.",
      request: {
        query: z.object({ ...listQuery, window: windowQuery(VIOLATION_WINDOWS_MS, OTHER_WINDOWS) }),
      },
      responses: { 200: json(pageOf(SlaViolations), "One page"), ...problems(422) },
    }),
    async (c) => {
      const { window = WINDOW_DEFAULT, ...page } = c.req.valid("query");
      const read = (request: PageRequest) => listViolations(evaluator, request, window);
      return c.json(await readPage("violations", page, read), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/slas/{id}/violations",
      operationId: "readViolations",
      tags: ["SLA violations"],
      summary: "Past violations of one SLA, over any window or range",
      description: "By `window`, or by `fromMs` and `toMs`; found in the source's samples.",
      request: {
        params: idParameter,
        query: z.object(askedSpanQuery),
      },
      responses: { 200: json(SlaViolations, "Found in the source's samples"), ...problems(404, 422, 503) },
    }),
    async (c) => {
      const entry = await evaluator.show(c.req.valid("param").id);
      const asked = readSpan(
        c.req.valid("query"),
        (window) => trailingSpan(entry.sla, window, time.estimate()),
      );
      return c.json(await answerViolations(evaluator, entry, asked), 200);
    },
  );
}
