import { createRoute, z } from "@hono/zod-openapi";
import { EXAMPLE_SLA_ID } from "../../shared/domain/fields.ts";
import { Sla } from "../../shared/domain/sla/sla.ts";
import { SlaPreview } from "../../shared/domain/sla/sla_preview.ts";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { json } from "../../shared/runtime/http/json.ts";
import { listQuery, pageOf } from "../../shared/runtime/http/list_query.ts";
import { problems } from "../../shared/runtime/http/problem.ts";
import { answerSla } from "../answers/answer_sla.ts";
import { createSlaId } from "../definitions/create_sla_id.ts";
import { createSla } from "../definitions/define.ts";
import { previewSla } from "../definitions/preview.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import { draftBody, previewRequest } from "./_parameters.ts";
import { readPage } from "./_read_page.ts";
import { tagOf } from "./_revision_tag.ts";

const created = z.object({
  Location: z.string().meta({ description: "Path of the SLA, relative", example: `slas/${EXAMPLE_SLA_ID}` }),
  ETag: z.string().meta({ description: "Its revision", example: '"1"' }),
});

/** Adds the routes by which SLAs are listed, created and tried. */
export function addDefinitionRoutes(app: ServiceApp, { evaluator }: { readonly evaluator: Evaluator }): void {
  const { parts: { store, clock, settings }, slas, time } = evaluator;
  const answer = (sla: Sla): Sla => answerSla(sla, slas.find(sla.id), time.estimate(), settings);

  app.openapi(
    createRoute({
      method: "get",
      path: "/slas",
      operationId: "listSlas",
      tags: ["SLAs"],
      summary: "SLAs in order of creation",
      description: "Their definitions; how they stand is under `/slas/status`.",
      request: { query: z.object(listQuery) },
      responses: { 200: json(pageOf(Sla), "One page"), ...problems(422, 503) },
    }),
    async (c) => {
      const { items, nextCursor } = await readPage("slas", c.req.valid("query"), store.definitions.list);
      return c.json({ items: items.map(answer), nextCursor }, 200);
    },
  );
  app.openapi(
    createRoute({
      method: "post",
      path: "/slas",
      operationId: "createSla",
      tags: ["SLAs"],
      summary: "Create an SLA",
      description:
        "Without `min` and `max` both come from the last 30 minutes. `Location` names the new SLA.",
      request: draftBody,
      responses: {
        201: { ...json(Sla, "Created; Location is relative"), headers: created },
        ...problems(400, 401, 409, 413, 415, 422, 503),
      },
    }),
    async (c) => {
      const sla = await createSla(evaluator, c.req.valid("json"), { id: createSlaId(clock.nowMs()) });
      return c.json(answer(sla), 201, { location: `slas/${sla.id}`, etag: tagOf(sla) });
    },
  );
  app.openapi(
    createRoute({
      method: "post",
      path: "/slas/preview",
      operationId: "previewSla",
      tags: ["SLAs"],
      summary: "Judge an SLA without storing it",
      description:
        "Bounds, status, violations and prediction as they would be; nothing is stored, so that it needs no name.",
      request: previewRequest,
      responses: {
        200: json(SlaPreview, "What it would say"),
        ...problems(400, 401, 404, 413, 415, 422, 503),
      },
    }),
    async (c) => c.json(await previewSla(evaluator, c.req.valid("json"), c.req.valid("query")), 200),
  );
}
