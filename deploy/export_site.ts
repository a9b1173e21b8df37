/**
 * Writes what the gateway serves itself, as files: the dashboard, and the documentation of all services as one.
 *
 *     deno run --allow-read --allow-write --allow-env --allow-net deploy/export_site.ts FOLDER
 *
 * The document is that of the same services in one process, started on the demo for as long as it takes to ask.
 */
import { createDashboard } from "../services/dashboard/serve.ts";
import { systemClock } from "../services/shared/runtime/clock.ts";
import { DOCS_FILES } from "../services/shared/runtime/files/docs.ts";
import { createMetrics } from "../services/shared/runtime/metrics.ts";
import { StandaloneConfig } from "../services/standalone/config.ts";
import { startStandalone } from "../services/standalone/start.ts";

/** Of one process, and so of no gateway: each service has its own under its prefix. */
const OWN_OPERATIONS = ["/readyz", "/metrics"];

/** Answered by the gateway itself. */
const OWN_FILES = ["/links.json"];

/** Writes the site into a folder. */
export async function exportSite(folder: string): Promise<void> {
  const dashboard = await createDashboard();
  for (const path of new Set(dashboard.routes.map(({ path }) => path))) {
    if (!OWN_FILES.includes(path)) {
      await write(folder, path === "/" ? "/index.html" : path, await dashboard.request(path));
    }
  }
  await withStandalone(async (ask) => {
    // A file and a folder can't both be called `docs`.
    await write(folder, "/docs.html", await ask("/docs"));
    for (const path of DOCS_FILES.keys()) await write(folder, `/${path}`, await ask(`/${path}`));
    const document = await (await ask("/openapi.json")).json();
    await write(folder, "/openapi.json", Response.json(ofGateway(document)));
  });
}

interface Operation {
  readonly security?: readonly object[];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Without what a gateway has not; and whether a token is needed is not known before the services run. */
function ofGateway(document: Document): Document {
  const paths = Object.entries(document.paths).filter(([path]) => !OWN_OPERATIONS.includes(path)).map((
    [path, item],
  ) => [
    path,
    Object.fromEntries(
      Object.entries(item).map(([method, operation]) => [
        method,
        operation.security?.length ? { ...operation, security: [...operation.security, {}] } : operation,
      ]),
    ),
  ]);
  return { ...document, paths: Object.fromEntries(paths) };
}

async function withStandalone(
  use: (ask: (path: string) => Promise<Response>) => Promise<void>,
): Promise<void> {
  const store = await Deno.makeTempDir({ prefix: "pronoia-site-" });
  const resources = new AsyncDisposableStack();
  const stop = new AbortController();
  try {
    const config = StandaloneConfig.parse({ SQLITE_PATH: `${store}/pronoia.sqlite`, API_TOKENS: "any:any" });
    const { app, done } = await startStandalone(config, {
      clock: systemClock,
      metrics: createMetrics(),
      signal: stop.signal,
      use: (resource) => resources.use(resource),
    });
    await use(async (path) => await app.fetch(new Request(`http://localhost${path}`)));
    stop.abort();
    await done;
  } finally {
    stop.abort();
    await resources.disposeAsync();
    await Deno.remove(store, { recursive: true });
  }
}

async function write(folder: string, path: string, response: Response): Promise<void> {
  if (!response.ok) throw new Error(`Cannot export the site as ${path} answers ${response.status}`);
  const file = `${folder}${path}`;
  await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
  await Deno.writeFile(file, new Uint8Array(await response.arrayBuffer()));
}

if (import.meta.main) await exportSite(Deno.args[0]);
