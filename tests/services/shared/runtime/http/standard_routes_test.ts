import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { createTestApp, post } from "./_test_app.ts";

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
