import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { DomainError } from "../../../../../services/shared/domain/errors.ts";
import { createTestApp, post, problemOf } from "./_test_app.ts";

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

Deno.test("createServiceApp() names every wrong field in a sentence too, and of many how many more there are", async () => {
  const detailOf = async (body: object) =>
    (await problemOf(await post(createTestApp(), JSON.stringify(body)), 422)).detail;
  strictEqual(await detailOf({}), "The body is not as documented: name is required; size is required");
  match(
    await detailOf({ a: 1, b: 1, c: 1, d: 1, e: 1 }),
    /: name is required; size is required; a is not known; .*; c is not known; and 2 more, see errors$/,
  );
});

Deno.test("createServiceApp() answers 400 to malformed JSON, and says of an empty body that it is", async () => {
  const detailOf = async (body: string) => (await problemOf(await post(createTestApp(), body), 400)).detail;
  match(await detailOf("{"), /^Malformed JSON/);
  for (const body of ["", " \n"]) strictEqual(await detailOf(body), "The body is empty: it must be JSON");
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
  strictEqual(problem.detail, `The service failed: its log says why, under requestId ${problem.requestId}`);
});

for (
  const [code, status, type = "about:blank"] of [
    ["not-found", 404],
    ["not-yet", 404, "urn:pronoia:not-yet"],
    ["conflict", 409],
    ["stale", 412],
    ["unavailable", 503],
  ] as const
) {
  Deno.test(`createServiceApp() answers ${status} to DomainError ${code}`, async () => {
    const fail = new DomainError(code, "Cannot do it", { fields: [{ field: "id", message: "is wrong" }] });
    const problem = await problemOf(await createTestApp({ fail }).request("/items"), status);
    strictEqual(problem.type, type);
    strictEqual(problem.detail, "Cannot do it");
    deepStrictEqual(problem.errors, [{ field: "id", message: "is wrong" }]);
  });
}

Deno.test("createServiceApp() keeps a client's request id", async () => {
  const response = await createTestApp().request("/items", { headers: { "x-request-id": "abc-1" } });
  strictEqual(response.headers.get("x-request-id"), "abc-1");
});

Deno.test("createServiceApp() works when mounted under a prefix", async () => {
  const { Hono } = await import("hono");
  const root = new Hono().mount("/test", createTestApp().fetch);
  strictEqual((await root.request("/test/items?limit=2")).status, 200);
  await problemOf(await root.request("/test/none"), 404);
});
