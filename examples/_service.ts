import { createPronoiaClient, type PronoiaClient } from "../client/mod.ts";
import { createMetrics } from "../services/shared/runtime/metrics.ts";
import { systemClock } from "../services/shared/runtime/clock.ts";
import { readConfig } from "../services/shared/runtime/config/config.ts";
import { StandaloneConfig } from "../services/standalone/config.ts";
import { startStandalone } from "../services/standalone/start.ts";
import { openProgress } from "./_progress.ts";

/** A Pronoia to talk to over its REST API. */
export interface Service extends AsyncDisposable {
  /** Where it is, for people. */
  readonly name: string;
  /** The typed client of its API. */
  readonly client: PronoiaClient;
  /** Answers a request as JSON; throws with the service's own words when it refuses. */
  // deno-lint-ignore no-explicit-any -- an example reads the fields it prints
  json(method: string, path: string, body?: unknown): Promise<any>;
}

/** The one at `url`, or without one a demo in this very process, on simulated metrics and in memory. */
export async function openService(
  options: { readonly url?: string; readonly token?: string; readonly prometheusUrl?: string },
): Promise<Service> {
  const { url, token, prometheusUrl } = options;
  const headers = {
    "content-type": "application/json",
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  const ask =
    (fetcher: (request: Request) => Response | Promise<Response>, origin: string): Service["json"] =>
    async (method, path, body) => {
      const request = new Request(`${origin}${path}`, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const response = await fetcher(request);
      const text = await response.text();
      const answer = text === "" ? null : JSON.parse(text);
      if (response.ok) return answer;
      const wrong = (answer?.errors ?? []).map((error: { field: string; message: string }) =>
        `${error.field} ${error.message}`
      );
      throw new Error(
        `${method} ${path} answered ${response.status}: ${[answer?.detail, ...wrong].join("; ")}`,
      );
    };
  if (url !== undefined) {
    const json = ask(fetch, url.replace(/\/+$/, ""));
    const client = createPronoiaClient({ url, token: () => token ?? null });
    return { name: url, client, json, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  const resources = new AsyncDisposableStack();
  const stop = new AbortController();
  const folder = await Deno.makeTempDir({ prefix: "pronoia-example-" });
  resources.defer(() => Deno.remove(folder, { recursive: true }));
  const config = readConfig(StandaloneConfig, {
    SQLITE_PATH: `${folder}/demo.sqlite`,
    SLA_INTERVAL: "5s",
    DEMO_SLAS: "false",
    ...(prometheusUrl === undefined ? {} : { PROMETHEUS_URL: prometheusUrl }),
  });
  const started = await startStandalone(config, {
    clock: systemClock,
    metrics: createMetrics(),
    signal: stop.signal,
    use: (resource) => resources.use(resource),
  });
  await untilReady(started.app.fetch);
  return {
    name: prometheusUrl === undefined
      ? "a demo in this process"
      : `${prometheusUrl}, analysed in this process`,
    client: createPronoiaClient({ url: "http://demo", fetch: (request) => started.app.fetch(request) }),
    json: ask((request) => started.app.fetch(request), "http://demo"),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await started.done;
      await resources.disposeAsync();
    },
  };
}

/** Waits, a minute at most, until every part has what it needs. */
async function untilReady(fetcher: (request: Request) => Response | Promise<Response>): Promise<void> {
  const isReady = async () => (await fetcher(new Request("http://demo/readyz"))).ok;
  if (await isReady()) return;
  using _progress = openProgress("Starting");
  for (let attempt = 0; attempt < 60; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    if (await isReady()) return;
  }
  throw new Error("Cannot start as it was not ready within a minute");
}
