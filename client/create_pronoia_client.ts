import createClient, { type Client } from "openapi-fetch";
import { ApiError, readProblem } from "./api_error.ts";
import type { paths } from "./schema.ts";

/** A client whose methods take the paths of standalone and of the gateway: `/etl`, `/storage`, `/retrieval`, `/sla`. */
export type PronoiaClient = Client<paths, "application/json">;

/** Whom to ask, and how. */
export interface ClientOptions {
  /** Where Pronoia is, such as `http://localhost:8080`. */
  readonly url: string;
  /** The bearer token of writes, asked for at each; `null` is none. @default none */
  readonly token?: () => string | null;
  /** After which a request counts as not answered. @default 20_000 */
  readonly timeoutMs?: number;
  /** Sends a request, where it does not go over the network. @default the global `fetch` */
  readonly fetch?: (request: Request) => Response | Promise<Response>;
}

/**
 * Makes a client. Each request that is not a success rejects with an {@linkcode ApiError} in the service's words.
 *
 * @example The worst SLA
 * ```ts ignore
 * const client = createPronoiaClient({ url: "http://localhost:8080" });
 * const { items: [worst] } = await answerOf(client.GET("/sla/slas/status"));
 * ```
 */
export function createPronoiaClient(options: ClientOptions): PronoiaClient {
  const { url, token = () => null, timeoutMs = 20_000, fetch: send = fetch } = options;
  const client = createClient<paths, "application/json">({
    baseUrl: url,
    headers: { accept: "application/json" },
    fetch: (request) => fetchInTime(request, { timeoutMs, send }),
  });
  client.use({
    onRequest({ request }) {
      const given = request.method === "GET" ? null : token();
      if (given !== null) request.headers.set("authorization", `Bearer ${given}`);
      return request;
    },
    async onResponse({ response }) {
      if (!response.ok) throw readProblem(response.status, await response.text());
    },
  });
  return client;
}

async function fetchInTime(
  request: Request,
  { timeoutMs, send }: { readonly timeoutMs: number; readonly send: NonNullable<ClientOptions["fetch"]> },
): Promise<Response> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await send(new Request(request, { signal: AbortSignal.any([request.signal, timeout]) }));
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new ApiError(
      0,
      timeout.aborted ? "The service did not answer in time" : "The service can't be reached",
    );
  }
}
