import { createRoute, z } from "@hono/zod-openapi";
import type { PageRequest } from "../../shared/domain/page.ts";
import { SlaPrediction } from "../../shared/domain/sla/sla_prediction.ts";
import { SlaSamples } from "../../shared/domain/sla/sla_samples.ts";
import { SlaStatus } from "../../shared/domain/sla/sla_status.ts";
import { SlaViolations } from "../../shared/domain/sla/sla_violations.ts";
import { Duration, DURATION_PATTERN, formatDuration } from "../../shared/domain/units/duration.ts";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { listQuery, pageOf, windowQuery } from "../../shared/runtime/http/list_query.ts";
import { problems } from "../../shared/runtime/http/problem.ts";
import { answerPrediction } from "../answers/answer_prediction.ts";
import { answerSamples } from "../answers/answer_samples.ts";
import { answerStatus } from "../answers/answer_status.ts";
import { answerViolations, trailingSpan, type ViolationSpan } from "../answers/answer_violations.ts";
import { listViolations } from "../answers/list_violations.ts";
import { showPage } from "../answers/page_entries.ts";
import { predictFurther } from "../answers/predict_further.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { SlaEntry } from "../held/sla_entry.ts";
import { idParameter, json, readPage, requireOrder, spanQuery, wrongRange } from "./_shared.ts";

/** The windows that violations are listed over. */
const VIOLATION_WINDOWS_MS = [3_600_000, 10_800_000, 43_200_000];

const HOUR = "1h";

const trailingWindow = Duration
  .refine((ms) => ms >= 1_000 && ms <= 366 * 86_400_000, "must be between 1s and 366d").optional()
  .meta({
    type: "string",
    pattern: DURATION_PATTERN.source,
    description: "Trailing window, default 1h",
    example: "3h",
  });

/** Adds the routes that answer for SLAs: state, samples, violations, predictions. */
export function addAnswerRoutes(app: ServiceApp, { evaluator }: { readonly evaluator: Evaluator }): void {
  const { parts, time } = evaluator;
  const { settings } = parts;

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
      const read = (page: PageRequest) => showPage(evaluator, page, answer);
      return c.json(await readPage("statuses", c.req.valid("query"), read), 200);
    },
  );
  app.openapi(
    createRoute({
      method: "get",
      path: "/slas/violations",
      operationId: "listViolations",
      tags: ["SLA violations"],
      summary: "Past violations of every SLA",
      description: "Over one of the usual windows, default 1h.",
      request: { query: z.object({ ...listQuery, window: windowQuery(VIOLATION_WINDOWS_MS) }) },
      responses: { 200: json(pageOf(SlaViolations), "One page"), ...problems(422) },
    }),
    async (c) => {
      const { window = HOUR, ...page } = c.req.valid("query");
      const read = (request: PageRequest) => listViolations(evaluator, request, window);
      return c.json(await readPage("violations", page, read), 200);
    },
  );
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
      const read = (page: PageRequest) => showPage(evaluator, page, answer);
      return c.json(await readPage("predictions", c.req.valid("query"), read), 200);
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
      responses: { 200: json(SlaStatus, "As of the last evaluation"), ...problems(404) },
    }),
    async (c) => {
      const entry = await evaluator.show(c.req.valid("param").id);
      return c.json(answerStatus(entry, time.estimate(), settings), 200);
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
        query: z.object({ window: trailingWindow, ...spanQuery }),
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
  app.openapi(
    createRoute({
      method: "get",
      path: "/slas/{id}/samples",
      operationId: "readSlaSamples",
      tags: ["SLA status"],
      summary: "What one SLA is judged by, and what is expected next",
      description: "By `window`, or by `fromMs` and `toMs`; for plots.",
      request: { params: idParameter, query: z.object({ window: trailingWindow, ...spanQuery }) },
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

function readSpan(
  query: { readonly window?: number; readonly fromMs?: number; readonly toMs?: number },
  trailing: (window: string) => ViolationSpan,
): ViolationSpan {
  const { window, fromMs, toMs } = query;
  if (fromMs === undefined && toMs === undefined) {
    return trailing(window === undefined ? HOUR : formatDuration(window));
  }
  if (window !== undefined) throw wrongRange("window", "must not be given together with fromMs and toMs");
  if (fromMs === undefined) throw wrongRange("fromMs", "must be given together with toMs");
  if (toMs === undefined) throw wrongRange("toMs", "must be given together with fromMs");
  requireOrder({ fromMs, toMs });
  return { window: formatDuration(toMs - fromMs), fromMs, toMs };
}
