import { createRoute, z } from "@hono/zod-openapi";
import { DomainError } from "../../shared/domain/errors.ts";
import { Sla, SlaDraft } from "../../shared/domain/sla/sla.ts";
import { SlaPreview } from "../../shared/domain/sla/sla_preview.ts";
import { unknownSla } from "../../shared/domain/sla/unknown_sla.ts";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { json } from "../../shared/runtime/http/json.ts";
import { listQuery, pageOf } from "../../shared/runtime/http/list_query.ts";
import { problems } from "../../shared/runtime/http/problem.ts";
import { answerSla } from "../answers/answer_sla.ts";
import { createSlaId } from "../definitions/create_sla_id.ts";
import { createSla, removeSla, replaceSla } from "../definitions/define.ts";
import { previewSla } from "../definitions/preview.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import { idParameter } from "./_parameters.ts";
import { readPage } from "./_read_page.ts";

const body = { body: { required: true, content: { "application/json": { schema: SlaDraft } } } } as const;
const ifMatch = z.object({
  "if-match": z.string().max(200).optional().meta({
    description: "ETag of the revision to change; another one answers 412",
    example: '"1"',
  }),
});

const created = z.object({
  Location: z.string().meta({ description: "Path of the SLA, relative", example: "slas/mjv3k2x0-5f3a9c" }),
  ETag: z.string().meta({ description: "Its revision", example: '"1"' }),
});

/** Adds the routes by which SLAs are created, read, changed, deleted and tried. */
export function addDefinitionRoutes(app: ServiceApp, { evaluator }: { readonly evaluator: Evaluator }): void {
  const { store, clock, settings } = evaluator.parts;
  const answer = (sla: Sla): Sla =>
    answerSla(sla, evaluator.slas.find(sla.id), evaluator.time.estimate(), settings);

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
      request: body,
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
      description: "Bounds, status, violations and prediction as they would be; nothing is stored.",
      request: body,
      responses: { 200: json(SlaPreview, "What it would say"), ...problems(400, 401, 413, 415, 422, 503) },
    }),
    async (c) => c.json(await previewSla(evaluator, c.req.valid("json")), 200),
  );
  app.openapi(
    createRoute({
      method: "get",
      path: "/slas/{id}",
      operationId: "readSla",
      tags: ["SLAs"],
      summary: "One SLA",
      description:
        "The `ETag` is its revision: give it as `If-Match` to change or delete this one and no other.",
      request: { params: idParameter },
      responses: { 200: json(Sla, "The SLA; the ETag is its revision"), ...problems(404, 503) },
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const sla = await store.definitions.read(id);
      if (sla === null) throw unknownSla(id);
      return c.json(answer(sla), 200, { etag: tagOf(sla) });
    },
  );
  app.openapi(
    createRoute({
      method: "put",
      path: "/slas/{id}",
      operationId: "replaceSla",
      tags: ["SLAs"],
      summary: "Replace an SLA's definition",
      description: "The whole definition; what is not given gets its default.",
      request: { params: idParameter, headers: ifMatch, ...body },
      responses: { 200: json(Sla, "As it is now"), ...problems(400, 401, 404, 409, 412, 413, 415, 422, 503) },
    }),
    async (c) => {
      const revision = readIfMatch(c.req.valid("header")["if-match"]);
      const sla = await replaceSla(evaluator, c.req.valid("json"), { id: c.req.valid("param").id, revision });
      return c.json(answer(sla), 200, { etag: tagOf(sla) });
    },
  );
  app.openapi(
    createRoute({
      method: "delete",
      path: "/slas/{id}",
      operationId: "deleteSla",
      tags: ["SLAs"],
      summary: "Delete an SLA; its events stay",
      description: "Its events stay readable.",
      request: { params: idParameter, headers: ifMatch },
      responses: { 204: { description: "Deleted" }, ...problems(401, 404, 412, 503) },
    }),
    async (c) => {
      const revision = readIfMatch(c.req.valid("header")["if-match"]);
      await removeSla(evaluator, { id: c.req.valid("param").id, revision });
      return c.body(null, 204);
    },
  );
}

function tagOf({ revision }: Sla): string {
  return `"${revision}"`;
}

/** The revision a write is meant for; `undefined` is any. A tag that is none of ours never matches. */
function readIfMatch(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === "*") return undefined;
  // A proxy that compresses marks tags as weak, or with what it compressed by; the revision is the same.
  const [, revision] = /^\s*(?:W\/)?"(\d{1,9})(?:-[a-z]+)?"\s*$/.exec(header) ?? [];
  if (revision === undefined) {
    throw new DomainError("stale", `Cannot change the SLA as If-Match must be its ETag: found ${header}`);
  }
  return Number(revision);
}
