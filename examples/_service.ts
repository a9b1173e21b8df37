import { createPronoiaClient, type PronoiaClient } from "../client/mod.ts";
import { createMetrics } from "../services/shared/runtime/metrics.ts";
import { systemClock } from "../services/shared/runtime/clock.ts";
import { Readiness } from "../services/shared/runtime/health.ts";
import { readConfig } from "../services/shared/runtime/config/config.ts";
import { StandaloneConfig } from "../services/standalone/config.ts";
import { startStandalone } from "../services/standalone/start.ts";
import { openProgress } from "./_progress.ts";
import "./_refusal.ts";
import { tidied } from "./_tidy.ts";

/** A Pronoia to talk to over its REST API. */
export interface Service extends AsyncDisposable {
  /** Where it is, for people. */
  readonly name: string;
  /** The typed client of its API. */
  readonly client: PronoiaClient;
}

/** The one at `url`, or without one a demo in this very process, on simulated metrics, of which nothing stays. */
export async function openService(
  options: { readonly url?: string; readonly token?: string; readonly prometheusUrl?: string },
): Promise<Service> {
  const { url, token, prometheusUrl } = options;
  if (url !== undefined) {
    if (!URL.canParse(url)) throw new RangeError(`Cannot ask as --url must be one: found "${url}"`);
    const client = createPronoiaClient({ url: new URL(url).href, token: () => token ?? null });
    return { name: url, client, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  const resources = new AsyncDisposableStack();
  const stop = new AbortController();
  const folder = await Deno.makeTempDir({ prefix: "pronoia-example-" });
  resources.use(tidied(() => Deno.remove(folder, { recursive: true })));
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
    async [Symbol.asyncDispose]() {
      stop.abort();
      await started.done;
      await resources.disposeAsync();
    },
  };
}

/** Waits, half a minute at most, until every part has what it needs. */
async function untilReady(fetcher: (request: Request) => Response | Promise<Response>): Promise<void> {
  using progress = openProgress("Starting");
  const startedMs = Date.now();
  for (;;) {
    const answer = Readiness.parse(await (await fetcher(new Request("http://demo/readyz"))).json());
    if (answer.status === "ok") return;
    // One that fails makes others fail that build on it.
    const [why] = Object.values(answer.dependencies).flatMap(({ reason }) => reason ?? []);
    if (Date.now() - startedMs > 30_000) throw new Error(`Cannot start as not every part is ready: ${why}`);
    // What a start takes anyway is no reason to worry.
    if (Date.now() - startedMs > 5_000) progress.update(0, 0, `Starting: ${why}`);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}
