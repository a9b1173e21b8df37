import { DomainError } from "../../domain/errors.ts";

/** How to post. */
export interface PostOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Statuses that tell of a passing trouble although they look like the sender's fault. */
const PASSING = new Set([401, 403, 404, 408, 425, 429]);

/**
 * Posts JSON and takes any 2xx for done.
 *
 * @throws {DomainError} `unavailable` when another attempt may do better, `invalid` when the receiver refuses the
 * content.
 */
export async function postJson(url: string, body: unknown, options: PostOptions): Promise<void> {
  const { timeoutMs, signal, headers = {} } = options;
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
  } catch (cause) {
    throw new DomainError("unavailable", `Cannot reach ${new URL(url).host} as the request failed`, {
      cause,
    });
  }
  const text = await readSome(response);
  if (response.ok) return;
  const refused = response.status >= 400 && response.status < 500 && !PASSING.has(response.status);
  throw new DomainError(
    refused ? "invalid" : "unavailable",
    `Cannot tell ${new URL(url).host} as it answered ${response.status}: ${text}`,
  );
}

/** The beginning of an answer, whatever its length; the rest is not read. */
async function readSome(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  try {
    const { value } = await reader.read();
    return new TextDecoder().decode(value?.subarray(0, 500));
  } catch {
    return "";
  } finally {
    await reader.cancel().catch(() => {});
  }
}
