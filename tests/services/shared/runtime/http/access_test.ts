import { strictEqual } from "node:assert/strict";
import { createTestApp, post, problemOf } from "./_test_app.ts";

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
