/** What a stub answers to one request; `undefined` lets the default answer stand. */
export type StubAnswer = (request: StubRequest) => Response | Promise<Response> | undefined;

/** A request as the stub saw it. */
export interface StubRequest {
  readonly method: string;
  readonly path: string;
  /** The form, from the body or the address. */
  readonly form: URLSearchParams;
  readonly headers: Headers;
  /** How many requests came before, this path's alone. */
  readonly before: number;
  readonly signal: AbortSignal;
}

/** A Prometheus on the wire alone, for answers no real one gives on demand. */
export interface StubPrometheus extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly StubRequest[];
}

/** Serves `answer`; what it does not answer is an empty success. */
export function openStubPrometheus(answer: StubAnswer): StubPrometheus {
  const requests: StubRequest[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (raw) => {
    const url = new URL(raw.url);
    const body = await raw.text();
    const request: StubRequest = {
      method: raw.method,
      path: url.pathname,
      form: new URLSearchParams(raw.method === "POST" ? body : url.search),
      headers: raw.headers,
      before: requests.filter(({ path }) => path === url.pathname).length,
      signal: raw.signal,
    };
    requests.push(request);
    return await answer(request) ?? defaultAnswer(request);
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** Prometheus' envelope around data. */
export function success(data: unknown, rest: object = {}): Response {
  return Response.json({ status: "success", data, ...rest });
}

/** A matrix of series. */
export function matrix(
  series: readonly { metric: object; values?: unknown[]; histograms?: unknown[] }[],
  rest = {},
): Response {
  return success({ resultType: "matrix", result: series }, rest);
}

/** Prometheus' envelope around an error. */
export function failure(status: number, errorType: string, error: string, headers?: HeadersInit): Response {
  return Response.json({ status: "error", errorType, error }, { status, headers });
}

function defaultAnswer({ path, form }: StubRequest): Response {
  if (form.get("query") === "time()") {
    return success({ resultType: "scalar", result: [1_760_000_000, "1760000000"] });
  }
  if (path.endsWith("/series")) return success([]);
  if (path.endsWith("/metadata")) return success({});
  return path.endsWith("/query_range") || form.get("query")?.endsWith("]")
    ? matrix([])
    : success({ resultType: "vector", result: [] });
}
