import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { usableLinks } from "../../../services/dashboard/page/api/links.ts";
import { createDashboard } from "../../../services/dashboard/serve.ts";
import { PageFacts } from "../../../services/shared/domain/page_facts.ts";

const FACTS = { demo: true, grafana: "https://grafana.example.com", database: undefined };

/** Without the scripts there is nothing to serve; `deno task test` builds them. */
const isBuilt = await Deno.stat(new URL("../../../services/dashboard/dist/main.js", import.meta.url))
  .then(() => true, () => false);

Deno.test({
  name: "createDashboard() serves files compressed, once, under a strict policy",
  ignore: !isBuilt,
}, async () => {
  const app = await createDashboard(FACTS);
  for (const path of ["/", "/style.css", "/main.js", "/analysis_worker.js"]) {
    const plain = await app.request(path);
    strictEqual(plain.headers.get("content-encoding"), null);
    match(plain.headers.get("content-security-policy")!, /default-src 'none'; script-src 'self'/);
    const body = new Uint8Array(await plain.arrayBuffer());
    const packed = await app.request(path, { headers: { "accept-encoding": "gzip" } });
    strictEqual(packed.headers.get("content-encoding"), "gzip");
    const unpacked = packed.body!.pipeThrough(new DecompressionStream("gzip"));
    deepStrictEqual(new Uint8Array(await new Response(unpacked).arrayBuffer()), body);
    const again = await app.request(path, { headers: { "if-none-match": plain.headers.get("etag")! } });
    strictEqual(again.status, 304);
    ok(again.headers.has("content-security-policy"));
  }
  deepStrictEqual(PageFacts.parse(await (await app.request("/links.json")).json()), {
    demo: true,
    prometheus: "",
    grafana: "https://grafana.example.com",
    database: "",
  });
});

for (
  const [answer, links] of [
    [{ demo: true, prometheus: "https://prometheus.example.com", grafana: "" }, {
      demo: true,
      prometheus: "https://prometheus.example.com",
    }],
    [{ demo: "yes", database: "javascript:alert(1)", grafana: 7 }, {}],
    [null, {}],
    [["https://example.com"], {}],
  ] as const
) {
  Deno.test(`usableLinks() takes what it can of ${JSON.stringify(answer)}`, () =>
    deepStrictEqual(usableLinks(answer), links));
}
