import { DomainError } from "../../../domain/errors.ts";

/** A request that brought no answer. What becomes of it is decided by the client: tried again, or `unavailable`. */
export class FetchFailure extends Error {
  readonly retryable: boolean;
  /** HTTP status where there was one. */
  readonly status: number | undefined;
  /** What `Retry-After` asked for, ms. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: FetchFailureOptions) {
    super(message, { cause: options.cause });
    this.name = "FetchFailure";
    this.retryable = options.retryable;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** What is known of the failure. */
export interface FetchFailureOptions {
  readonly retryable: boolean;
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** The answer was larger than this process is ready to hold; asking for less may help. */
export class AnswerTooLarge extends DomainError {
  constructor(bytesMax: number) {
    super(
      "invalid",
      `Cannot read Prometheus' answer as it must have at most ${bytesMax} bytes: found more, so ask for fewer series`,
    );
  }
}
