import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { z } from "zod";
import { DomainError, type DomainErrorCode, type FieldError, NOT_YET } from "../../domain/errors.ts";
import { logger } from "../log.ts";
import type { UnavailableLog } from "./_unavailable_log.ts";
import { describeIssue } from "./_describe_issue.ts";
import { mountedAt } from "./_mounted_at.ts";
import { isAfterDeadline } from "./_answer_deadline.ts";

/** An error as RFC 9457 tells it; `errors` names every wrong field. */
export const Problem = z.object({
  type: z.string().meta({
    description:
      `"${NOT_YET}": what is asked for is still to come; "about:blank": the status says all of what kind it is`,
    example: "about:blank",
  }),
  title: z.string().meta({ description: "The status in words", example: "Unprocessable Content" }),
  status: z.int().meta({ description: "The HTTP status", example: 422 }),
  detail: z.string().optional().meta({
    description: "What is wrong with this very request",
    example: "The query is not as documented: limit must be a whole number, 1 … 1000",
  }),
  instance: z.string().optional().meta({
    description: "Path of the request",
    example: "/series",
  }),
  requestId: z.string().optional().meta({
    description: "Names the request in the log",
    example: "5f0c6a52-8f2e-4f2b-9a53-0d7e5f1f8a11",
  }),
  errors: z.array(z.object({
    field: z.string().meta({
      description: "Path of the wrong field or name of the wrong parameter",
      example: "limit",
    }),
    message: z.string().meta({
      description: "The rule it broke",
      example: "must be a whole number, 1 … 1000",
    }),
  })).optional().describe("Every wrong field; absent where none is to blame"),
}).meta({ id: "Problem", description: "An error as RFC 9457 tells it" });
export type Problem = z.infer<typeof Problem>;

const STATUS_BY_CODE: Readonly<Record<DomainErrorCode, number>> = {
  "invalid": 422,
  "malformed": 400,
  "unauthorized": 401,
  "not-found": 404,
  "not-yet": 404,
  "conflict": 409,
  "stale": 412,
  "too-large": 413,
  "unsupported": 415,
  "busy": 429,
  "unavailable": 503,
};

/** One documented answer of a route. */
interface ProblemResponse {
  readonly description: string;
  readonly content: { readonly "application/problem+json": { readonly schema: typeof Problem } };
}

/** The error answers of a route, for its `responses`: `...problems(404, 422)`. */
export function problems<Status extends number>(...statuses: Status[]): { [Key in Status]: ProblemResponse } {
  const entries = statuses.map((status) => [status, {
    description: STATUS_TEXT[status] ?? "Error",
    content: { "application/problem+json": { schema: Problem } },
  }]);
  return Object.fromEntries(entries);
}

/** Answers with problem+json. */
export function answerProblem(
  c: Context,
  status: number,
  options: {
    /** @default "about:blank" */
    readonly type?: string;
    readonly detail?: string;
    readonly errors?: readonly FieldError[];
  } = {},
): Response {
  const { type = "about:blank", detail, errors = [] } = options;
  const requestId: unknown = c.get("requestId");
  const problem: Problem = {
    type,
    title: STATUS_TEXT[status] ?? "Error",
    status,
    ...(detail && { detail }),
    instance: mountedAt(c) + new URL(c.req.url).pathname,
    ...(typeof requestId === "string" && { requestId }),
    ...(errors.length > 0 && { errors: [...errors] }),
  };
  const headers = new Headers(c.res.headers);
  headers.set("content-type", "application/problem+json");
  headers.delete("etag");
  if (status === 401) headers.set("www-authenticate", "Bearer");
  if (status === 503 || status === 429) headers.set("retry-after", "5");
  return new Response(JSON.stringify(problem), { status, headers });
}

const BODY_HINT = "The body must be JSON and say so: send content-type: application/json";

/** Turns whatever a handler threw into an answer; what is not meant for strangers goes to the log alone. */
export function answerError(error: Error, c: Context, log: UnavailableLog): Response {
  if (isAfterDeadline(error, c)) {
    logger("http").debug("a request failed after its deadline", { error });
    return answerProblem(c, 503);
  }
  const { method } = c.req;
  const path = mountedAt(c) + new URL(c.req.url).pathname;
  if (error instanceof DomainError) {
    if (error.code === "unavailable") log.note({ method, path, reason: error.message });
    return answerProblem(c, STATUS_BY_CODE[error.code], {
      type: error.code === "not-yet" ? NOT_YET : undefined,
      detail: error.message,
      errors: error.fields,
    });
  }
  if (error instanceof HTTPException && error.status < 500) {
    const detail = error.status === 415 ? BODY_HINT : error.message;
    return answerProblem(c, error.status, { detail });
  }
  const requestId: unknown = c.get("requestId");
  logger("http").error("a request failed: {method} {path}", { method, path, requestId, error });
  return answerProblem(c, 500, {
    detail: `The service failed: its log says why, under requestId ${requestId}`,
  });
}

/**
 * Every wrong field of a zod error in `input`, by path; an unknown field is named itself. Of a `query` a list is a
 * parameter that was given more than once.
 */
export function fieldErrors(
  error: z.core.$ZodError,
  input: unknown,
  { of: target }: { readonly of?: string } = {},
): FieldError[] {
  const parameters = target === "query" ? new Map(Object.entries(input ?? {})) : new Map<string, unknown>();
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ field: [...path, key].join("."), message: "is not known" }));
    }
    const given = path.length === 1 ? parameters.get(path[0]) : undefined;
    if (issue.code === "invalid_type" && Array.isArray(given)) {
      return [{ field: path[0], message: `must be given once: found ${given.length} of it` }];
    }
    return [{ field: path.join("."), message: describeIssue(issue, input) }];
  });
}

/** Reason phrases of the statuses that services answer with. */
const STATUS_TEXT: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  412: "Precondition Failed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  428: "Precondition Required",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};
