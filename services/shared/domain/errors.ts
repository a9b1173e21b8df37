/**
 * What a caller of a service must handle; `runtime/http` turns it into problem+json, and nothing else does.
 */
export class DomainError extends Error {
  readonly code: DomainErrorCode;
  /** Every wrong field with the rule it broke. */
  readonly fields: readonly FieldError[];
  /** Why a dependency gave no answer, in few words, for where it goes without saying what was asked. */
  readonly why: string | undefined;

  constructor(code: DomainErrorCode, message: string, options: DomainErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "DomainError";
    this.code = code;
    this.fields = options.fields ?? [];
    this.why = options.why;
  }
}

/**
 * `invalid` 422, `malformed` 400, `unauthorized` 401, `not-found` 404, `not-yet` 404 with the type
 * {@linkcode NOT_YET} (it will be there), `conflict` 409, `stale` 412 (If-Match),
 * `too-large` 413, `unsupported` 415, `busy` 429, `unavailable` 503 (a dependency is down).
 */
export type DomainErrorCode =
  | "invalid"
  | "malformed"
  | "unauthorized"
  | "not-found"
  | "not-yet"
  | "conflict"
  | "stale"
  | "too-large"
  | "unsupported"
  | "busy"
  | "unavailable";

/** Type of the problem that what is asked for is still to come, by which a program tells it from what is not there. */
export const NOT_YET = "urn:pronoia:not-yet";

/** One wrong field: its path, such as `max` or `labels.team`, and the rule it broke in words. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** What a {@linkcode DomainError} may carry. */
export interface DomainErrorOptions {
  readonly fields?: readonly FieldError[];
  readonly why?: string;
  readonly cause?: unknown;
}
