import { createDashboard } from "../dashboard/serve.ts";
import type { PageFacts } from "../shared/domain/page_facts.ts";
import type { Dependency } from "../shared/ports/health.ts";
import { createServiceApp } from "../shared/runtime/http/http.ts";
import type { ApiDocument } from "../shared/runtime/http/service_app_options.ts";
import { logger } from "../shared/runtime/log.ts";
import type { MetricsRegistry } from "../shared/runtime/metrics.ts";
import type { StartedService } from "../shared/runtime/run.ts";
import { mergeDocuments } from "./merge_documents.ts";

/** The services by the prefix they hang under, such as `/etl`. */
export type MountedServices = Readonly<Record<string, StartedService>>;

/** What the process has besides. */
export interface MountOptions {
  readonly metrics: MetricsRegistry;
  readonly signal: AbortSignal;
  readonly needsToken: boolean;
  /** What the dashboard is to know. @default {} */
  readonly facts?: Partial<PageFacts>;
}

/**
 * One app of several services: each under its prefix with its own documentation, at the root the health of all of
 * them, the metrics of the process, one document of all APIs, and the dashboard.
 */
export async function mountServices(
  services: MountedServices,
  { metrics, signal, needsToken, facts }: MountOptions,
): Promise<StartedService> {
  const dependencies = Object.fromEntries(
    Object.entries(services).flatMap(([prefix, service]) =>
      Object.entries(service.dependencies).map(([name, dependency]): [string, Dependency] => [
        `${prefix.slice(1)}.${name}`,
        dependency,
      ])
    ),
  );
  const root = createServiceApp({
    service: "standalone",
    title: "Pronoia",
    description:
      "Foresight for Prometheus metrics: all services at one address. Times are epoch milliseconds.",
    dependencies,
    metrics,
    signal,
    // Writes are refused or not by the service they go to; this makes the document say so.
    tokens: needsToken ? [{ name: "none", token: crypto.randomUUID() }] : [],
    extendDocument: async (document) => mergeDocuments(document, await readDocuments(services)),
  });
  try {
    root.route("/", await createDashboard(facts));
  } catch (error) {
    // The API is of use without the page.
    logger("standalone").warning("the dashboard is not served: {reason}", {
      reason: (error as Error).message,
    });
  }
  return {
    dependencies,
    done: Promise.all(Object.values(services).map(({ done }) => done)).then(() => {}),
    app: {
      fetch(request) {
        const { pathname } = new URL(request.url);
        const at = pathname.indexOf("/", 1);
        const prefix = at < 0 ? pathname : pathname.slice(0, at);
        const service = services[prefix];
        return service === undefined
          ? root.fetch(request)
          : service.app.fetch(withoutPrefix(request, prefix));
      },
    },
  };
}

/**
 * The request as the service sees it that does not know where it hangs. Its signal stays behind: Deno aborts that
 * also when all went well, and a client that leaves cancels the body of the answer.
 */
function withoutPrefix(request: Request, prefix: string): Request {
  const url = new URL(request.url);
  url.pathname = url.pathname.slice(prefix.length) || "/";
  const headers = new Headers(request.headers);
  headers.set("x-forwarded-prefix", prefix);
  // Such a request can be received but not made; under another name it gets the 405 it would have got.
  const method = /^(?:CONNECT|TRACE|TRACK)$/i.test(request.method) ? `X-${request.method}` : request.method;
  return new Request(url, { method, headers, body: request.body });
}

async function readDocuments(
  services: MountedServices,
): Promise<{ readonly prefix: string; readonly document: ApiDocument }[]> {
  return await Promise.all(
    Object.entries(services).map(async ([prefix, { app }]) => {
      const response = await app.fetch(new Request("http://localhost/openapi.json"));
      return { prefix, document: await response.json() };
    }),
  );
}
