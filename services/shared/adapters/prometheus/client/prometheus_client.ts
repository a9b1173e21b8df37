import { DomainError } from "../../../domain/errors.ts";
import type { Clock } from "../../../ports/clock.ts";
import { FetchFailure } from "./fetch_failure.ts";
import { createGate } from "./gate.ts";
import { type Answer, readAnswer } from "./read_answer.ts";
import { retryDelayMs } from "./retry_delay.ts";
import {
  type Authentication,
  type Form,
  openTransport,
  type Transport,
  type TransportRequest,
} from "./transport.ts";

/** How to reach Prometheus, and how patient to be. */
export interface PrometheusClientOptions extends Authentication {
  /** Base address, any path prefix included. */
  readonly url: string;
  readonly clock: Clock;
  /** Longest single request. @default 15_000 */
  readonly requestTimeoutMs?: number;
  /** Longest call, all attempts and waits together; keep it below the cycle. @default 40_000 */
  readonly deadlineMs?: number;
  /** Most requests at once; Prometheus serves 20 to everyone. @default 4 */
  readonly requestsMax?: number;
  /** Largest answer accepted. @default 64 MiB */
  readonly bodyBytesMax?: number;
  /** Uniform in [0, 1), for the jitter of retries. @default Math.random */
  readonly random?: () => number;
}

/** Speaks Prometheus' HTTP API: bounded, retried where that is allowed, strict about what an answer is. */
export interface PrometheusClient extends Disposable {
  /** Asks a route that takes a form; falls back to GET where a proxy forbids POST. */
  post(route: string, form: Form, options?: RequestOptions): Promise<Answer>;
  /** Asks a route that takes GET only. */
  get(route: string, form: Form, options?: RequestOptions): Promise<Answer>;
}

/** Whose request it is, and how often it may be tried. */
export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** @default 4 */
  readonly attemptsMax?: number;
  /** @default the client's */
  readonly timeoutMs?: number;
}

const ATTEMPTS_MAX = 4;

/** Opens a client; it reads the CA file at once and nothing else. */
export function openPrometheusClient(options: PrometheusClientOptions): PrometheusClient {
  const { clock, requestTimeoutMs = 15_000, deadlineMs = 40_000, requestsMax = 4, random = Math.random } =
    options;
  const transport = openTransport(options);
  // Which one is the first thing to know; whatever else is in the address is nobody's business.
  const { origin } = new URL(options.url);
  const gate = createGate(requestsMax);
  let getOnly = false;

  async function ask(request: TransportRequest, options: RequestOptions = {}): Promise<Answer> {
    const { method, route } = request;
    const { signal, attemptsMax = ATTEMPTS_MAX, timeoutMs = requestTimeoutMs } = options;
    const endMs = clock.nowMs() + deadlineMs;
    for (let attempt = 1;; attempt++) {
      try {
        const allowed = getOnly ? { ...request, method: "GET" as const } : request;
        return await gate.run(() => attemptOnce(transport, allowed, { signal, timeoutMs, clock }));
      } catch (error) {
        if (!(error instanceof FetchFailure)) throw error;
        if (error.status === 405 && method === "POST" && !getOnly) {
          getOnly = true;
          continue;
        }
        const delayMs = retryDelayMs(error, attempt, random);
        if (!error.retryable || attempt >= attemptsMax || clock.nowMs() + delayMs > endMs) {
          const message = `Cannot ask Prometheus at ${origin} for ${route} as ${error.message}`;
          throw new DomainError("unavailable", message, { cause: error, why: error.message });
        }
        await clock.sleep(delayMs, signal);
        signal?.throwIfAborted();
      }
    }
  }

  return {
    post: (route, form, request) => ask({ method: "POST", route, form }, request),
    get: (route, form, request) => ask({ method: "GET", route, form }, request),
    [Symbol.dispose]: () => transport[Symbol.dispose](),
  };
}

/** One request from sending to the parsed answer, within its timeout. */
async function attemptOnce(
  transport: Transport,
  request: TransportRequest,
  options: { readonly signal?: AbortSignal; readonly timeoutMs: number; readonly clock: Clock },
): Promise<Answer> {
  const { signal, timeoutMs, clock } = options;
  signal?.throwIfAborted();
  const ended = new AbortController();
  const timedOut = new AbortController();
  // The sleeper ends with the request, so that no timer outlives it.
  const timer = clock.sleep(timeoutMs, ended.signal).then(() => {
    if (!ended.signal.aborted) timedOut.abort();
  });
  const either = signal === undefined ? timedOut.signal : AbortSignal.any([signal, timedOut.signal]);
  try {
    return await readAnswer(await transport.send(request, either), transport.bodyBytesMax);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (timedOut.signal.aborted) {
      throw new FetchFailure(`no answer came within ${timeoutMs / 1_000} s`, { retryable: true });
    }
    throw error;
  } finally {
    ended.abort();
    await timer;
  }
}
