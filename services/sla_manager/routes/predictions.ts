import { createRoute, z } from "@hono/zod-openapi";
import { SlaPrediction } from "../../shared/domain/sla/sla_prediction.ts";
import { Duration } from "../../shared/domain/units/duration.ts";
import { DURATION_PATTERN } from "../../shared/domain/units/duration_text.ts";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { json } from "../../shared/runtime/http/json.ts";
import { listQuery, pageOf } from "../../shared/runtime/http/list_query.ts";
import { problems } from "../../shared/runtime/http/problem.ts";
import { answerPrediction } from "../answers/answer_prediction.ts";
import { predictFurther } from "../answers/predict_further.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { SlaEntry } from "../held/sla_entry.ts";
import { idParameter } from "./_parameters.ts";
import { readAnswers } from "./_read_page.ts";

/** Adds the routes of what is to be expected. */
export function addPredictionRoutes(app: ServiceApp, { evaluator }: { readonly evaluator: Evaluator }): void {
  const { parts: { settings }, time } = evaluator;

  app.openapi(
    createRoute({
      method: "get",
      path: "/slas/predictions",
      operationId: "listPredictions",
      tags: ["SLA predictions"],
      summary: "Probability of a violation of every SLA",
      description: "Within the configured horizon, from the last evaluation.",
      request: { query: z.object(listQuery) },
      responses: { 200: json(pageOf(SlaPrediction), "One page"), ...problems(422) },
    }),
    async (c) => {
      const answer = (entry: SlaEntry) => answerPrediction(entry, time.estimate(), settings);
      const page = c.req.valid("query");
      return c.json(await readAnswers(evaluator, { list: "predictions", page, answer }), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/slas/{id}/prediction",
      operationId: "readPrediction",
      tags: ["SLA predictions"],
      summary: "Probability of a violation of one SLA",
      description:
        "Within the configured horizon from the last evaluation; another `horizon` is computed now.",
      request: {
        params: idParameter,
        query: z.object({
          horizon: Duration.refine((ms) => ms >= 1_000 && ms <= 86_400_000, "must be between 1s and 24h")
            .optional().meta({
              type: "string",
              pattern: DURATION_PATTERN.source,
              description:
                "How far to look, from one step of the SLA, rounded to whole steps, to 24h; default: as configured",
              example: "4h",
            }),
        }),
      },
      responses: { 200: json(SlaPrediction, "From the newest samples"), ...problems(404, 422, 503) },
    }),
    async (c) => {
      const entry = await evaluator.show(c.req.valid("param").id);
      const { horizon: horizonMs } = c.req.valid("query");
      const nowMs = time.estimate();
      if (horizonMs === undefined) return c.json(answerPrediction(entry, nowMs, settings), 200);
      return c.json(await predictFurther(evaluator, entry, { nowMs, horizonMs }), 200);
    },
  );
}
