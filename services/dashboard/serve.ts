import { Hono } from "hono";
import plotStyle from "uplot/dist/uPlot.min.css" with { type: "text" };
import type { PageFacts } from "../shared/domain/page_facts.ts";
import { answerFile } from "../shared/runtime/files/static_file.ts";
import page from "./page/index.html" with { type: "text" };
import style from "./page/style.css" with { type: "text" };

/**
 * Nothing but this origin: no inline script, no foreign request. Inline styles stay allowed because the plots size
 * their canvases by `style`.
 */
const HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-cache",
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

const NO_FACTS: PageFacts = { demo: false, prometheus: "", grafana: "", database: "" };

/**
 * The dashboard as static files, and `links.json`, which a gateway answers itself in the same shape.
 *
 * @param facts What of `links.json` there is to tell; an absent neighbour is none.
 * @throws {Error} If the scripts were not built (`deno task dashboard`).
 */
export async function createDashboard(facts: Partial<PageFacts> = {}): Promise<Hono> {
  const script = "text/javascript; charset=utf-8";
  const files: readonly (readonly [path: string, type: string, body: string])[] = [
    ["/", "text/html; charset=utf-8", page],
    ["/style.css", "text/css; charset=utf-8", plotStyle + style],
    ["/main.js", script, await readScript("main.js")],
    ["/analysis_worker.js", script, await readScript("analysis_worker.js")],
    ["/links.json", "application/json", JSON.stringify({ ...NO_FACTS, ...defined(facts) })],
  ];
  const app = new Hono();
  for (const [path, type, body] of files) app.get(path, answerFile({ body, type, headers: HEADERS }));
  return app;
}

/** A variable that is not set must not hide the default. */
function defined(facts: Partial<PageFacts>): Partial<PageFacts> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
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
