import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { createTestApp } from "./_test_app.ts";

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
