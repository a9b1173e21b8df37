import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { createRoute, z } from "@hono/zod-openapi";
import { DomainError } from "../../../../../services/shared/domain/errors.ts";
import type { Dependency } from "../../../../../services/shared/ports/health.ts";
import type { ApiToken } from "../../../../../services/shared/runtime/config/variables.ts";
import { createServiceApp, type ServiceApp } from "../../../../../services/shared/runtime/http/http.ts";
import { listQuery, pageOf, windowQuery } from "../../../../../services/shared/runtime/http/list_query.ts";
import { problems } from "../../../../../services/shared/runtime/http/problem.ts";
import { createMetrics } from "../../../../../services/shared/runtime/metrics.ts";

const Item = z.strictObject({ name: z.string().min(1), size: z.number() }).meta({ id: "Item" });

function createTestApp(
  options: {
    readonly dependencies?: Readonly<Record<string, Dependency>>;
    readonly tokens?: readonly ApiToken[];
    readonly corsOrigins?: readonly string[];
    readonly signal?: AbortSignal;
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

async function problemOf(response: Response, status: number) {
  strictEqual(response.status, status);
  strictEqual(response.headers.get("content-type"), "application/problem+json");
  const problem = await response.json();
  strictEqual(problem.status, status);
  return problem;
}

function post(
  app: ServiceApp,
  body: BodyInit,
  headers: HeadersInit = { "content-type": "application/json" },
) {
  return app.request("/items/1", { method: "POST", body, headers });
}

Deno.test("createServiceApp() gives defaults and takes what is documented", async () => {
  const app = createTestApp();
  deepStrictEqual(await (await app.request("/items")).json(), {
    items: [{ name: "none", size: 100 }],
    nextCursor: null,
  });
  deepStrictEqual(await (await app.request("/items?limit=1000&window=60m")).json(), {
    items: [{ name: "1h", size: 1000 }],
    nextCursor: null,
  });
});

for (
  const [query, field] of [
    ["limit=0", "limit"],
    ["limit=1001", "limit"],
    ["limit=ten", "limit"],
    ["limit=1&limit=2", "limit"],
    ["window=2h", "window"],
    ["window=soon", "window"],
    ["cursor=", "cursor"],
    ["limmit=1", "limmit"],
  ]
) {
  Deno.test(`createServiceApp() answers 422 to ?${query} and names the parameter`, async () => {
    const problem = await problemOf(await createTestApp().request(`/items?${query}`), 422);
    deepStrictEqual(problem.errors.map((error: { field: string }) => error.field), [field]);
  });
}

Deno.test("createServiceApp() names every wrong field of a body, unknown ones too", async () => {
  const response = await post(createTestApp(), JSON.stringify({ name: "", size: "3", colour: "red" }));
  const problem = await problemOf(response, 422);
  deepStrictEqual(problem.errors.map((error: { field: string }) => error.field).sort(), [
    "colour",
    "name",
    "size",
  ]);
});

Deno.test("createServiceApp() says that a missing field is required", async () => {
  const problem = await problemOf(await post(createTestApp(), JSON.stringify({ size: 1 })), 422);
  deepStrictEqual(problem.errors, [{ field: "name", message: "is required" }]);
});

Deno.test("createServiceApp() answers 400 to malformed JSON", async () => {
  await problemOf(await post(createTestApp(), "{"), 400);
});

Deno.test("createServiceApp() answers 415 to another content type", async () => {
  const body = new TextEncoder().encode("{}");
  await problemOf(await post(createTestApp(), body, { "content-type": "text/plain" }), 415);
  const { detail } = await problemOf(await post(createTestApp(), body, {}), 415);
  match(detail, /send content-type: application\/json/);
});

Deno.test("createServiceApp() answers 413 to a body above the limit, declared or streamed", async () => {
  const large = JSON.stringify({ name: "x".repeat(1_000_001), size: 1 });
  await problemOf(await post(createTestApp(), large), 413);
  const stream = new Blob([large]).stream();
  await problemOf(await post(createTestApp(), stream), 413);
});

Deno.test("createServiceApp() is silent about streamed requests, of whose signals Deno may warn", async () => {
  const said: unknown[] = [];
  const warn = console.warn;
  console.warn = (...words: unknown[]) => void said.push(...words);
  const app = createTestApp();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (r) => app.fetch(r));
  try {
    const stream = new Blob([JSON.stringify({ name: "a", size: 1 })]).stream();
    const response = await fetch(`http://127.0.0.1:${server.addr.port}/items/1`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: stream,
    });
    deepStrictEqual([response.status, await response.json()], [201, { name: "a", size: 1 }]);
  } finally {
    await server.shutdown();
    console.warn = warn;
  }
  deepStrictEqual(said, []);
});

Deno.test("createServiceApp() answers 404 and 405 as problems", async () => {
  const app = createTestApp();
  await problemOf(await app.request("/nothing"), 404);
  const response = await app.request("/items", { method: "DELETE" });
  strictEqual(response.headers.get("allow"), "GET, HEAD");
  await problemOf(response, 405);
  await problemOf(await app.request("/items/1"), 405);
});

Deno.test("createServiceApp() keeps the inside of a failure to itself", async () => {
  const app = createTestApp({ fail: new Error("secret of /etc/passwd") });
  const problem = await problemOf(await app.request("/items"), 500);
  ok(!JSON.stringify(problem).includes("secret"));
  match(problem.requestId, /^[0-9a-f-]{36}$/);
});

for (
  const [code, status] of [["not-found", 404], ["conflict", 409], ["stale", 412], [
    "unavailable",
    503,
  ]] as const
) {
  Deno.test(`createServiceApp() answers ${status} to DomainError ${code}`, async () => {
    const fail = new DomainError(code, "Cannot do it", { fields: [{ field: "id", message: "is wrong" }] });
    const problem = await problemOf(await createTestApp({ fail }).request("/items"), status);
    strictEqual(problem.detail, "Cannot do it");
    deepStrictEqual(problem.errors, [{ field: "id", message: "is wrong" }]);
  });
}

Deno.test("createServiceApp() asks writes for a token when there are any, and never reads", async () => {
  const app = createTestApp({ tokens: [{ name: "ci", token: "abc" }, { name: "ops", token: "def" }] });
  const body = JSON.stringify({ name: "a", size: 1 });
  const headers = { "content-type": "application/json" };
  strictEqual((await app.request("/items")).status, 200);
  const refused = await post(app, body);
  strictEqual(refused.headers.get("www-authenticate"), "Bearer");
  await problemOf(refused, 401);
  await problemOf(await post(app, body, { ...headers, authorization: "Bearer ab" }), 401);
  await problemOf(await post(app, body, { ...headers, authorization: "Basic abc" }), 401);
  strictEqual((await post(app, body, { ...headers, authorization: "Bearer def" })).status, 201);
});

Deno.test("createServiceApp() answers 304 to who has the body already", async () => {
  const app = createTestApp();
  const etag = (await app.request("/items")).headers.get("etag") ?? "";
  match(etag, /^"[\w-]{22}"$/);
  const compressed = etag.replace(/"$/, '-gzip"');
  strictEqual((await app.request("/items", { headers: { "if-none-match": compressed } })).status, 304);
  const again = await app.request("/items", { headers: { "if-none-match": `W/${etag}, "other"` } });
  strictEqual(again.status, 304);
  strictEqual(again.headers.get("etag"), etag);
  strictEqual(await again.text(), "");
  strictEqual((await app.request("/items?limit=5", { headers: { "if-none-match": etag } })).status, 200);
});

Deno.test("createServiceApp() answers HEAD with the length of the body that GET brings", async () => {
  const app = createTestApp();
  for (const path of ["/items", "/none", "/docs", "/metrics"]) {
    const head = await app.request(path, { method: "HEAD" });
    strictEqual(await head.text(), "", path);
    if (path === "/metrics") continue;
    const body = new Uint8Array(await (await app.request(path)).arrayBuffer());
    strictEqual(head.headers.get("content-length"), String(body.length), path);
  }
});

Deno.test("createServiceApp() ends a stream that was asked for by HEAD", async () => {
  const app = createTestApp();
  const left = Promise.withResolvers<void>();
  app.get("/stream", () => {
    const body = new ReadableStream({ cancel: () => left.resolve() });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  });
  strictEqual((await app.request("/stream", { method: "HEAD" })).status, 200);
  await left.promise;
});

Deno.test("createServiceApp() is closed to foreign pages unless their origin is configured", async () => {
  const headers = { origin: "https://a.example" };
  const header = "access-control-allow-origin";
  strictEqual((await createTestApp().request("/items", { headers })).headers.get(header), null);
  const open = createTestApp({ corsOrigins: ["https://a.example"] });
  strictEqual((await open.request("/items", { headers })).headers.get(header), "https://a.example");
  const other = { origin: "https://b.example" };
  strictEqual((await open.request("/items", { headers: other })).headers.get(header), null);
  const any = createTestApp({ corsOrigins: ["*"] });
  strictEqual((await any.request("/items", { headers: other })).headers.get(header), "*");
});

Deno.test("createServiceApp() keeps a client's request id", async () => {
  const response = await createTestApp().request("/items", { headers: { "x-request-id": "abc-1" } });
  strictEqual(response.headers.get("x-request-id"), "abc-1");
});

Deno.test("createServiceApp() /livez is 200 whatever the dependencies, /readyz names the reason", async () => {
  const ping = () => Promise.reject(new Error("refused by mysql://u:p@db"));
  const app = createTestApp({ dependencies: { mysql: { ping }, kafka: { ping: () => Promise.resolve() } } });
  strictEqual((await app.request("/livez")).status, 200);
  const response = await app.request("/readyz");
  strictEqual(response.status, 503);
  const body = await response.json();
  strictEqual(body.status, "failing");
  strictEqual(body.dependencies.mysql.reason, "refused by mysql://db");
  strictEqual(body.dependencies.kafka.status, "ok");
});

Deno.test("createServiceApp() /readyz is 503 once the process ends", async () => {
  const stop = new AbortController();
  const app = createTestApp({ signal: stop.signal });
  strictEqual((await app.request("/readyz")).status, 200);
  stop.abort();
  const response = await app.request("/readyz");
  strictEqual(response.status, 503);
  strictEqual((await response.json()).status, "stopping");
});

Deno.test("createServiceApp() /metrics has bounded route labels", async () => {
  const app = createTestApp();
  await app.request("/items?limit=3");
  await post(app, JSON.stringify({ name: "a", size: 1 }));
  await app.request("/made/up");
  await app.request("/items", { method: "BREW" });
  const text = await (await app.request("/metrics")).text();
  const routes = new Set([...text.matchAll(/route="([^"]*)"/g)].map(([, route]) => route));
  deepStrictEqual([...routes].sort(), ["/items", "/items/:id", "none"]);
  match(text, /^pronoia_process_resident_memory_bytes \d+/m);
});

Deno.test("createServiceApp() /openapi.json is 3.1 and complete, /docs needs nothing from elsewhere", async () => {
  const app = createTestApp();
  const document = await (await app.request("/openapi.json")).json();
  strictEqual(document.openapi, "3.1.0");
  deepStrictEqual(document.servers, [{ url: "/" }]);
  deepStrictEqual(Object.keys(document.paths["/items/{id}"].post.responses), [
    "201",
    "400",
    "404",
    "413",
    "415",
    "422",
  ]);
  strictEqual(document.paths["/items/{id}"].post.operationId, "postItemsId");
  ok(document.paths["/items"].get.responses["422"]);
  strictEqual(document.components.schemas.Item.additionalProperties, false);
  const page = await app.request("/docs");
  match(page.headers.get("content-security-policy") ?? "", /script-src 'self';/);
  const html = await page.text();
  ok(!/https?:\/\//.test(html));
  for (const [, path] of html.matchAll(/(?:src|href)="(docs\/[^"]+)"/g)) {
    strictEqual((await app.request(`/${path}`)).status, 200, path);
  }
  const packed = await app.request("/docs/viewer.js", { headers: { "accept-encoding": "br, gzip;q=0.5" } });
  strictEqual(packed.headers.get("content-encoding"), "gzip");
  const unpacked = await new Response(packed.body!.pipeThrough(new DecompressionStream("gzip"))).text();
  const etag = packed.headers.get("etag")!;
  strictEqual((await app.request("/docs/viewer.js", { headers: { "if-none-match": etag } })).status, 304);
  const script = await app.request("/docs/viewer.js");
  match(script.headers.get("content-type") ?? "", /^text\/javascript/);
  ok(unpacked.length > 100_000);
  strictEqual(await script.text(), unpacked);
});

Deno.test("createServiceApp() works when mounted under a prefix", async () => {
  const { Hono } = await import("hono");
  const root = new Hono().mount("/test", createTestApp().fetch);
  strictEqual((await root.request("/test/items?limit=2")).status, 200);
  await problemOf(await root.request("/test/none"), 404);
});

Deno.test("createServiceApp() compresses long JSON for who takes it, short answers and streams never", async () => {
  const app = createTestApp();
  app.get("/long", (c) => c.json({ text: "x".repeat(20_000) }));
  app.get("/short", (c) => c.json({ text: "x" }));
  app.get("/stream", () => new Response("data: 1\n\n", { headers: { "content-type": "text/event-stream" } }));
  const ask = (path: string, accepted: string, headers = {}) =>
    app.request(path, { headers: { "accept-encoding": accepted, ...headers } });
  const long = await ask("/long", "gzip, br");
  strictEqual(long.headers.get("content-encoding"), "gzip");
  strictEqual(long.headers.get("vary"), "accept-encoding");
  const tag = long.headers.get("etag")!;
  match(tag, /^W\//);
  const stream = long.body!.pipeThrough(new DecompressionStream("gzip"));
  deepStrictEqual(await new Response(stream).json(), { text: "x".repeat(20_000) });
  strictEqual((await ask("/long", "gzip", { "if-none-match": tag })).status, 304);
  for (
    const [path, accepted] of [["/long", "br"], ["/long", "gzip;q=0"], ["/short", "gzip"], [
      "/stream",
      "gzip",
    ]]
  ) {
    const answer = await ask(path, accepted);
    strictEqual(answer.headers.get("content-encoding"), null, `${path} ${accepted}`);
    await answer.body?.cancel();
  }
});
