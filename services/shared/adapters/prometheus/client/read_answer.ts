import { z } from "zod";
import { DomainError } from "../../../domain/errors.ts";
import { AnswerTooLarge, FetchFailure } from "./fetch_failure.ts";
import { readRetryAfter } from "./retry_delay.ts";

/** What Prometheus answered. */
export interface Answer {
  readonly data: unknown;
  /** In Prometheus' own words, warnings and infos. */
  readonly warnings: readonly string[];
  /** True when a warning says that something is missing from the data. */
  readonly incomplete: boolean;
}

const envelope = z.looseObject({
  status: z.enum(["success", "error"]),
  errorType: z.string().optional(),
  error: z.string().optional(),
  warnings: z.array(z.string()).nullish(),
  infos: z.array(z.string()).nullish(),
});

const RETRYABLE = new Set([429, 502, 503, 504]);
/**
 * What was asked is at fault, not who was asked. Types of errors would say so too, but are not the same everywhere.
 */
const CALLER_ERRORS = new Set([400, 422]);

/**
 * Reads a response to its end.
 *
 * Only `status: success` in whole JSON is an answer: anything else, a cut-off body and a proxy's HTML included, is a
 * failed request and never an empty result.
 *
 * @throws {DomainError} `invalid`, in Prometheus' words, if the question was wrong.
 * @throws {FetchFailure} If no answer came.
 * @throws {AnswerTooLarge} If the body is larger than `bodyBytesMax`.
 */
export async function readAnswer(response: Response, bodyBytesMax: number): Promise<Answer> {
  if (response.status === 405) {
    await response.body?.cancel();
    throw new FetchFailure("it does not take this method", { retryable: false, status: 405 });
  }
  const text = await readBody(response, bodyBytesMax);
  const body = parseEnvelope(text);
  if (body?.status === "success" && response.ok && "data" in body) {
    const warnings = body.warnings ?? [];
    return {
      data: body.data,
      warnings: [...warnings, ...(body.infos ?? [])],
      // What PromQL has to say about an expression is marked; the rest tells of missing data.
      incomplete: warnings.some((warning) => !warning.startsWith("PromQL ")),
    };
  }
  if (body?.status === "error" && CALLER_ERRORS.has(response.status)) {
    throw new DomainError("invalid", `Prometheus rejects the query: ${body.error ?? body.errorType}`);
  }
  throw new FetchFailure(describe(response, body, text), {
    retryable: response.ok ? body === undefined : RETRYABLE.has(response.status),
    status: response.status,
    retryAfterMs: readRetryAfter(
      response.headers.get("retry-after"),
      Date.parse(response.headers.get("date") ?? ""),
    ),
  });
}

function parseEnvelope(text: string): z.infer<typeof envelope> & { data?: unknown } | undefined {
  try {
    return envelope.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function readBody(response: Response, bytesMax: number): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > bytesMax) throw new AnswerTooLarge(bytesMax);
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (cause) {
    if (cause instanceof AnswerTooLarge) throw cause;
    throw new FetchFailure("the answer broke off", { retryable: true, status: response.status, cause });
  }
}

function describe(
  response: Response,
  body: z.infer<typeof envelope> | undefined,
  text: string,
): string {
  const { status } = response;
  if (status === 401 || status === 403) return `it refused the credentials (${status})`;
  if (status >= 300 && status < 400) return `it redirected to another address (${status})`;
  if (body?.error !== undefined) return `it answered ${status}: ${body.error}`;
  if (status === 404) return "it answered 404: there is no Prometheus API below this address";
  if (/Client sent an HTTP request to an HTTPS server/.test(text)) return "it speaks https alone";
  if (!response.ok) return `it answered ${status}`;
  const type = response.headers.get("content-type") ?? "no content type";
  return `its answer was not whole JSON of Prometheus' API (${type})`;
}
