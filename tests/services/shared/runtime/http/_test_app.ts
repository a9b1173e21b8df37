import { strictEqual } from "node:assert/strict";
import { createRoute, z } from "@hono/zod-openapi";
import type { Dependency } from "../../../../../services/shared/ports/health.ts";
import type { ApiToken } from "../../../../../services/shared/runtime/config/variables.ts";
import { createServiceApp, type ServiceApp } from "../../../../../services/shared/runtime/http/http.ts";
import { listQuery, pageOf, windowQuery } from "../../../../../services/shared/runtime/http/list_query.ts";
import { problems } from "../../../../../services/shared/runtime/http/problem.ts";
import { createMetrics } from "../../../../../services/shared/runtime/metrics.ts";

const Item = z.strictObject({ name: z.string().min(1), size: z.number() }).meta({ id: "Item" });

/** An app with a list at `/items`, which fails with `fail` if given, and a write at `/items/{id}`. */
export function createTestApp(
  options: {
    readonly dependencies?: Readonly<Record<string, Dependency>>;
    readonly tokens?: readonly ApiToken[];
    readonly corsOrigins?: readonly string[];
    readonly signal?: AbortSignal;
    readonly deadlineMs?: number;
    readonly fail?: Error;
  } = {},
): ServiceApp {
  const { dependencies = {}, fail, ...rest } = options;
  const app = createServiceApp({
    service: "test",
    title: "Test",
    description: "An app to test",
    dependencies,
    metrics: createMetrics(),
    ...rest,
  });
  const list = createRoute({
    method: "get",
    path: "/items",
    request: { query: z.object({ ...listQuery, window: windowQuery([3_600_000, 10_800_000]) }) },
    responses: {
      200: { description: "Items", content: { "application/json": { schema: pageOf(Item) } } },
      ...problems(422),
    },
  });
  app.openapi(list, (c) => {
    if (fail) throw fail;
    const { limit, window } = c.req.valid("query");
    return c.json({ items: [{ name: window ?? "none", size: limit }], nextCursor: null }, 200);
  });
  const create = createRoute({
    method: "post",
    path: "/items/{id}",
    request: {
      params: z.object({ id: z.string() }),
      body: { required: true, content: { "application/json": { schema: Item } } },
    },
    responses: {
      201: { description: "Made", content: { "application/json": { schema: Item } } },
      ...problems(422),
    },
  });
  app.openapi(create, (c) => c.json(c.req.valid("json"), 201));
  return app;
}

/** The problem that an answer of this status is. */
export async function problemOf(response: Response, status: number) {
  strictEqual(response.status, status);
  strictEqual(response.headers.get("content-type"), "application/problem+json");
  const problem = await response.json();
  strictEqual(problem.status, status);
  return problem;
}

/** Writes an item. */
export function post(
  app: ServiceApp,
  body: BodyInit,
  headers: HeadersInit = { "content-type": "application/json" },
) {
  return app.request("/items/1", { method: "POST", body, headers });
}
