import { createRoute, z } from "@hono/zod-openapi";
import { SlaBudget } from "../../shared/domain/sla/sla_budget.ts";
import { SlaBudgetHistory } from "../../shared/domain/sla/sla_budget_history.ts";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { json } from "../../shared/runtime/http/json.ts";
import { listQuery, pageOf } from "../../shared/runtime/http/list_query.ts";
import { problems } from "../../shared/runtime/http/problem.ts";
import { answerBudget } from "../answers/answer_budget.ts";
import { answerBudgetHistory } from "../answers/answer_budget_history.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { SlaEntry } from "../held/sla_entry.ts";
import { idParameter } from "./_parameters.ts";
import { readAnswers } from "./_read_page.ts";

/** Adds the routes of error budgets: how they stand, and how they were spent. */
export function addBudgetRoutes(app: ServiceApp, { evaluator }: { readonly evaluator: Evaluator }): void {
  const { time } = evaluator;

  app.openapi(
    createRoute({
      method: "get",
      path: "/slas/budgets",
      operationId: "listBudgets",
      tags: ["SLA budget"],
      summary: "Error budget of every SLA",
      description: "In order of creation; also tells how far the past of each is read in.",
      request: { query: z.object(listQuery) },
      responses: { 200: json(pageOf(SlaBudget), "One page"), ...problems(422) },
    }),
    async (c) => {
      const answer = (entry: SlaEntry) => answerBudget(entry, time.estimate());
      const page = c.req.valid("query");
      return c.json(await readAnswers(evaluator, { list: "budgets", page, answer }), 200);
    },
  );
  app.openapi(
    createRoute({
      method: "get",
      path: "/slas/{id}/budget",
      operationId: "readBudget",
      tags: ["SLA budget"],
      summary: "Error budget of one SLA",
      description: "Good, bad and missing time of the budget window, and how fast it burns.",
      request: { params: idParameter },
      responses: { 200: json(SlaBudget, "From stored hours"), ...problems(404, 503) },
    }),
    async (c) => {
      const entry = await evaluator.show(c.req.valid("param").id);
      return c.json(answerBudget(entry, time.estimate()), 200);
    },
  );
  app.openapi(
    createRoute({
      method: "get",
      path: "/slas/{id}/budget/history",
      operationId: "readBudgetHistory",
      tags: ["SLA budget"],
      summary: "How the error budget of one SLA was spent",
      description: "What was left, hour by hour of the budget window, and when nothing will be: for plots. " +
        "Steps are longer where the window is beyond 1,000 hours.",
      request: {
        params: idParameter,
        query: z.object({
          series: z.string().regex(/^[0-9a-f]{16}$/, "must be the id of a series of the SLA").optional().meta(
            {
              description: "Id of a label set; default: the worst one",
              example: "0123456789abcdef",
            },
          ),
        }),
      },
      responses: { 200: json(SlaBudgetHistory, "From stored hours"), ...problems(404, 422, 503) },
    }),
    async (c) => {
      const entry = await evaluator.show(c.req.valid("param").id);
      const { series: seriesId } = c.req.valid("query");
      return c.json(answerBudgetHistory(entry, time.estimate(), { seriesId }), 200);
    },
  );
}
