import { createRoute } from "@hono/zod-openapi";
import { Sla } from "../../shared/domain/sla/sla.ts";
import { unknownSla } from "../../shared/domain/sla/unknown_sla.ts";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { json } from "../../shared/runtime/http/json.ts";
import { problems } from "../../shared/runtime/http/problem.ts";
import { answerSla } from "../answers/answer_sla.ts";
import { removeSla, replaceSla } from "../definitions/define.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import { draftBody, idParameter } from "./_parameters.ts";
import { ifMatch, readIfMatch, tagOf } from "./_revision_tag.ts";

/** Adds the routes by which one SLA is read, changed and deleted. */
export function addOneDefinitionRoutes(
  app: ServiceApp,
  { evaluator }: { readonly evaluator: Evaluator },
): void {
  const { parts: { store, settings }, slas, time } = evaluator;
  const answer = (sla: Sla): Sla => answerSla(sla, slas.find(sla.id), time.estimate(), settings);

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
      description:
        "The whole definition; what is not given gets its default. While the expression is the same, the step that is not given stays, and so do bounds that were derived.",
      request: { params: idParameter, headers: ifMatch, ...draftBody },
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
