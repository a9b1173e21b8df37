import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { DOCS_FILES, docsPage } from "../files/docs.ts";
import { Readiness } from "../health.ts";
import { mountedAt } from "./_mounted_at.ts";
import { requireAnswered } from "./_require_answered.ts";
import { json } from "./json.ts";
import type { ApiDocument, ServiceAppOptions } from "./service_app_options.ts";

const Liveness = z.object({ status: z.literal("ok").describe("Always ok: it answers") })
  .meta({ id: "Liveness", description: "That the process is alive" });

const livez = createRoute({
  method: "get",
  path: "/livez",
  operationId: "readLiveness",
  tags: ["Operations"],
  summary: "Whether the process is alive",
  description: "Always 200 while it is; asks no dependency.",
  responses: {
    200: json(Liveness, "Alive"),
  },
});

const readyz = createRoute({
  method: "get",
  path: "/readyz",
  operationId: "readReadiness",
  tags: ["Operations"],
  summary: "Whether the next request can be served",
  description: "Asks every dependency, at most every 2 s, and tells the reason of each that fails.",
  responses: {
    200: json(Readiness, "Every dependency answers"),
    503: json(Readiness, "At least one does not, or the process ends"),
  },
});

const metricsRoute = createRoute({
  method: "get",
  path: "/metrics",
  operationId: "readMetrics",
  tags: ["Operations"],
  summary: "The process's own metrics, for Prometheus",
  description: "In Prometheus' text exposition format; names begin with `pronoia_`.",
  responses: {
    200: {
      description: "Text exposition format",
      content: { "text/plain": { schema: z.string().describe("Metrics, one a line") } },
    },
  },
});

/** Adds health, metrics and documentation. */
export function addStandardRoutes(
  app: OpenAPIHono,
  options: ServiceAppOptions,
  readiness: () => Promise<Readiness>,
): void {
  const { title, description, metrics, tokens = [], extendDocument = (document) => document } = options;
  app.openapi(livez, (c) => c.json({ status: "ok" as const }, 200));
  app.openapi(readyz, async (c) => {
    const answer = await readiness();
    return answer.status === "ok" ? c.json(answer, 200) : c.json(answer, 503);
  });
  app.openapi(
    metricsRoute,
    async (c) => c.text(await metrics.expose(), 200, { "content-type": metrics.contentType }),
  );

  if (tokens.length > 0) {
    app.openAPIRegistry.registerComponent("securitySchemes", "token", { type: "http", scheme: "bearer" });
  }
  let document: Promise<ApiDocument> | undefined;
  app.get("/openapi.json", async (c) => {
    document ??= Promise.resolve(extendDocument({ ...ownDocument() }));
    const prefix = mountedAt(c) || "/";
    return c.json({ ...await document, servers: [{ url: prefix }] });
  });
  const ownDocument = () =>
    completeDocument(
      app.getOpenAPI31Document({
        openapi: "3.1.0",
        info: {
          title,
          version: "0.1.0",
          description,
          license: { name: "MIT", url: "https://spdx.org/licenses/MIT" },
        },
      }),
      { needsToken: tokens.length > 0 },
    );
  app.get("/docs", () => docsPage(title));
  for (const [path, answer] of DOCS_FILES) app.get(`/${path}`, answer);
}

type Document = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;

/**
 * Says for each operation whether it needs a token (reads never do), and which fields its answers always have.
 *
 * What shows a parameter as `example` is sent along by whoever tries an operation in the page of `/docs`, as its
 * viewer fills it in; `examples` are only read. Of a parameter with a default it would fill in that: its example
 * stands for it there, so that who tries a list is not made to look at all of it.
 */
function completeDocument(document: Document, { needsToken }: { readonly needsToken: boolean }): Document {
  requireAnswered(document);
  for (const path of Object.values(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(path)) {
      if (typeof operation !== "object" || operation === null || !("responses" in operation)) continue;
      Object.assign(operation, { security: method === "get" || !needsToken ? [] : [{ token: [] }] });
      for (const parameter of operation.parameters ?? []) {
        if (!("schema" in parameter)) continue;
        const { example, ...schema } = parameter.schema as { readonly example?: unknown };
        if (example === undefined) continue;
        parameter.schema = { ...schema, examples: [example] };
        if ("default" in schema) parameter.example = example;
      }
    }
  }
  return document;
}
