import { connectionText, describeConnection } from "./describe_connection.ts";
import { FetchFailure } from "./fetch_failure.ts";

/** Parameters of a request; a list is sent as a repeated parameter. */
export type Form = Readonly<Record<string, string | readonly string[]>>;

/** How a client shows who it is. */
export interface Authentication {
  readonly username?: string;
  readonly password?: string;
  readonly bearerToken?: string;
  /** Read again for every request: such tokens rotate. */
  readonly bearerTokenFile?: string;
  /** PEM file of the authorities to trust, besides the usual ones. */
  readonly caFile?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What to send. */
export interface TransportRequest {
  readonly method: "GET" | "POST";
  /** Path below the base address. */
  readonly route: string;
  readonly form: Form;
}

/** Sends requests to one Prometheus. */
export interface Transport extends Disposable {
  readonly bodyBytesMax: number;
  /** Rejects with {@linkcode FetchFailure} when no response came. */
  send(request: TransportRequest, signal: AbortSignal): Promise<Response>;
}

/** Opens a transport; reads the CA file. */
export function openTransport(
  options: Authentication & { readonly url: string; readonly bodyBytesMax?: number },
): Transport {
  const { bodyBytesMax = 64 * 2 ** 20 } = options;
  const base = new URL(options.url);
  const username = options.username ?? (decodeCredential(base.username) || undefined);
  const password = options.password ?? decodeCredential(base.password);
  base.username =
    base.password =
    base.search =
    base.hash =
      "";
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  const client = options.caFile === undefined
    ? undefined
    : Deno.createHttpClient({ caCerts: [Deno.readTextFileSync(options.caFile)] });

  async function headers(): Promise<Headers> {
    const all = new Headers({ accept: "application/json", ...options.headers });
    // Compressing costs Prometheus more than a local wire does: 3.8 s against 1.3 s for 37 MB of samples.
    if (isLoopback(base.hostname)) all.set("accept-encoding", "identity");
    if (username !== undefined) all.set("authorization", `Basic ${encodeBase64(`${username}:${password}`)}`);
    const token = options.bearerTokenFile === undefined
      ? options.bearerToken
      : (await readTokenFile(options.bearerTokenFile)).trim();
    if (token !== undefined) all.set("authorization", `Bearer ${token}`);
    return all;
  }

  return {
    bodyBytesMax,
    async send({ method, route, form }, signal) {
      const url = new URL(route, base);
      const parameters = encodeForm(form);
      if (method === "GET") url.search = parameters.toString();
      try {
        return await fetch(url, {
          method,
          headers: await headers(),
          body: method === "POST" ? parameters : undefined,
          // A redirect would lose the form, mostly leads to a login page, and must not be given the credentials.
          redirect: "manual",
          signal,
          ...(client === undefined ? {} : { client }),
        });
      } catch (error) {
        if (signal.aborted || error instanceof FetchFailure) throw error;
        const cause = new Error(connectionText(error));
        throw new FetchFailure(describeConnection(error), { retryable: true, cause });
      }
    },
    [Symbol.dispose]: () => client?.close(),
  };
}

async function readTokenFile(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    throw new FetchFailure("the bearer token file could not be read", { retryable: false, cause });
  }
}

function encodeForm(form: Form): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) {
    for (const each of typeof value === "string" ? [value] : value) parameters.append(name, each);
  }
  return parameters;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}

function encodeBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function decodeCredential(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new TypeError(
      "Cannot read the credentials of Prometheus' address as they must be percent-encoded where they hold a %",
    );
  }
}
