import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { exportSite } from "../../deploy/export_site.ts";
import { PageFacts } from "../../services/shared/domain/page_facts.ts";
import { openCaddy } from "../servers/caddy.ts";
import { serverTest } from "../servers/server_tests.ts";
import { openStandalone } from "../support/standalone.ts";

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly security?: object[] }>>>>;
}

const caddyfile = await Deno.readTextFile(new URL("../../deploy/Caddyfile", import.meta.url));

async function withSite(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "pronoia-site-" });
  try {
    await exportSite(folder);
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("exportSite() writes the document of all services, as standalone answers it", () =>
  withSite(async (folder) => {
    await using standalone = await openStandalone();
    const whole: Document = await (await fetch(`${standalone.url}/openapi.json`)).json();
    const exported: Document = JSON.parse(await Deno.readTextFile(`${folder}/openapi.json`));
    deepStrictEqual(
      Object.keys(exported.paths).sort(),
      Object.keys(whole.paths).filter((path) => !["/readyz", "/metrics"].includes(path)).sort(),
    );
    deepStrictEqual(exported.paths["/sla/slas"].post.security, [{ token: [] }, {}]);
    deepStrictEqual(exported.paths["/sla/slas"].get.security, []);
  }));

Deno.test("the gateway's links.json has the shape of the one process'", () => {
  const [, body] = /handle \/links\.json \{[^`]*`([^`]*)`/.exec(caddyfile)!;
  deepStrictEqual(PageFacts.parse(JSON.parse(body.replaceAll(/\{\$LINK_\w+\}/g, ""))), {
    demo: false,
    prometheus: "",
    grafana: "",
    database: "",
  });
});

Deno.test("the gateway takes a host name beside its port, and then gets the certificate itself", () => {
  match(caddyfile, /^:8080 \{$/m);
  ok(!caddyfile.includes("auto_https"), "what turns HTTPS off turns it off for a host name as well");
});

serverTest(
  { starts: ["caddy"] },
  "the gateway serves the page, the combined docs and its links, and hands on the rest",
  () =>
    withSite(async (folder) => {
      await using service = Deno.serve(
        { port: 0, hostname: "127.0.0.1", onListen: () => {} },
        (request) =>
          Response.json([new URL(request.url).pathname, request.headers.get("x-forwarded-prefix")]),
      );
      await using caddy = await openCaddy({
        caddyfile: caddyfile.replace("/srv", folder)
          .replaceAll(/reverse_proxy \w+:80\d\d/g, `reverse_proxy 127.0.0.1:${service.addr.port}`),
        env: { LINK_PROMETHEUS: "http://localhost:8091" },
      });
      for (const prefix of ["/etl", "/storage", "/retrieval", "/sla"]) {
        const response = await fetch(`${caddy.url}${prefix}/openapi.json`);
        deepStrictEqual(await response.json(), ["/openapi.json", prefix]);
      }
      deepStrictEqual(PageFacts.parse(await (await fetch(`${caddy.url}/links.json`)).json()), {
        demo: false,
        prometheus: "http://localhost:8091",
        grafana: "",
        database: "",
      });
      const page = await fetch(`${caddy.url}/docs`);
      match(page.headers.get("content-security-policy") ?? "", /script-src 'self'/);
      const files = [...(await page.text()).matchAll(/(?:src|href)="(docs\/[^"]+)"/g)].map(([, file]) =>
        file
      );
      strictEqual(files.length, 4);
      const document = await fetch(`${caddy.url}/openapi.json`);
      ok("/retrieval/series" in (await document.json() as Document).paths);
      for (const path of [...files, "", "main.js", "style.css", "analysis_worker.js"]) {
        const response = await fetch(`${caddy.url}/${path}`);
        strictEqual(response.status, 200, path);
        await response.body?.cancel();
      }
    }),
);
