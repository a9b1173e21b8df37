import { createRoute, z } from "@hono/zod-openapi";
import { SlaSamples } from "../../shared/domain/sla/sla_samples.ts";
import { SlaStatus } from "../../shared/domain/sla/sla_status.ts";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { json } from "../../shared/runtime/http/json.ts";
import { listQuery, pageOf } from "../../shared/runtime/http/list_query.ts";
import { problems } from "../../shared/runtime/http/problem.ts";
import { answerSamples } from "../answers/answer_samples.ts";
import { answerStatus } from "../answers/answer_status.ts";
import { trailingSpan } from "../answers/answer_violations.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { SlaEntry } from "../held/sla_entry.ts";
import { askedSpanQuery, readSpan } from "./_asked_span.ts";
import { idParameter } from "./_parameters.ts";
import { readAnswers } from "./_read_page.ts";

/** Adds the routes of how SLAs stand: state, and the samples they are judged by. */
export function addStatusRoutes(app: ServiceApp, { evaluator }: { readonly evaluator: Evaluator }): void {
  const { parts: { settings }, time } = evaluator;

  app.openapi(
    createRoute({
      method: "get",
      path: "/slas/status",
      operationId: "listStatuses",
      tags: ["SLA status"],
      summary: "State of every SLA",
      description:
        "Worst states are not first here: the order is that of creation. Answers from the last evaluation.",
      request: { query: z.object(listQuery) },
      responses: { 200: json(pageOf(SlaStatus), "One page"), ...problems(422) },
    }),
    async (c) => {
      const answer = (entry: SlaEntry) => answerStatus(entry, time.estimate(), settings);
      const page = c.req.valid("query");
      return c.json(await readAnswers(evaluator, { list: "statuses", page, answer }), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/slas/{id}/status",
      operationId: "readSlaStatus",
      tags: ["SLA status"],
      summary: "State of one SLA",
      description: "From the last evaluation; says how old it is.",
      request: { params: idParameter },
      responses: { 200: json(SlaStatus, "As of the last evaluation"), ...problems(404, 503) },
    }),
    async (c) => {
      const entry = await evaluator.show(c.req.valid("param").id);
      return c.json(answerStatus(entry, time.estimate(), settings), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/slas/{id}/samples",
      operationId: "readSlaSamples",
      tags: ["SLA status"],
      summary: "What one SLA is judged by, and what is expected next",
      description: "By `window`, or by `fromMs` and `toMs`; for plots.",
      request: { params: idParameter, query: z.object(askedSpanQuery) },
      responses: { 200: json(SlaSamples, "The samples of each label set"), ...problems(404, 422, 503) },
    }),
    async (c) => {
      const entry = await evaluator.show(c.req.valid("param").id);
      const asked = readSpan(
        c.req.valid("query"),
        (window) => trailingSpan(entry.sla, window, time.estimate()),
      );
      return c.json(await answerSamples(evaluator, entry, asked), 200);
    },
  );
}
