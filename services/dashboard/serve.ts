import { Hono } from "hono";
import page from "./page/index.html" with { type: "text" };
import style from "./page/style.css" with { type: "text" };
import plotStyle from "uplot/dist/uPlot.min.css" with { type: "text" };

/**
 * Nothing but this origin: no inline script, no foreign request. Inline styles stay allowed because the plots size
 * their canvases by `style`.
 */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "style-src 'self' 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; "),
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Pages of neighbours that the operations page leads to, by what they are; one that is absent is not shown. */
export type NeighbourLinks = Readonly<Partial<Record<"database" | "prometheus" | "grafana", string>>>;

/** What is served under which path; scripts come from the build. */
interface Asset {
  readonly body: string;
  readonly type: string;
}

/**
 * The dashboard as static files, and `links.json`, which a gateway may answer in its own way.
 *
 * @throws {Error} If the scripts were not built (`deno task dashboard`).
 */
export async function createDashboard(links: NeighbourLinks = {}): Promise<Hono> {
  const assets: Readonly<Record<string, Asset>> = {
    "/": { body: page, type: "text/html; charset=utf-8" },
    "/style.css": { body: plotStyle + style, type: "text/css; charset=utf-8" },
    "/main.js": { body: await readScript("main.js"), type: "text/javascript; charset=utf-8" },
    "/analysis_worker.js": {
      body: await readScript("analysis_worker.js"),
      type: "text/javascript; charset=utf-8",
    },
    "/links.json": { body: JSON.stringify(links), type: "application/json" },
  };
  const app = new Hono();
  for (const [path, { body, type }] of Object.entries(assets)) {
    // Weak, as it stands for the compressed file as well.
    const etag = `W/"${await digest(body)}"`;
    const compressed = await gzip(body);
    const headers = {
      ...SECURITY_HEADERS,
      "content-type": type,
      "cache-control": "no-cache",
      vary: "accept-encoding",
      etag,
    };
    app.get(path, (context) => {
      if (context.req.header("if-none-match") === etag) return context.body(null, 304, headers);
      if (!/\bgzip\b/.test(context.req.header("accept-encoding") ?? "")) {
        return context.body(body, 200, headers);
      }
      return context.body(compressed, 200, { ...headers, "content-encoding": "gzip" });
    });
  }
  return app;
}

/** Once and not per request: the files stay the same while the process lives. */
async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function readScript(name: string): Promise<string> {
  const url = new URL(`dist/${name}`, import.meta.url);
  try {
    return await Deno.readTextFile(url);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(
      `Cannot serve the dashboard as its scripts are built by "deno task dashboard": ${name} is missing`,
    );
  }
}

async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(hash).toHex().slice(0, 16);
}
