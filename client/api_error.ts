/** A refused or failed request, in the words of the service. */
export class ApiError extends Error {
  /** The HTTP status; 0 when there was no answer at all. */
  readonly status: number;
  /** What kind of problem it is, as a URI; `about:blank` where the status says all. */
  readonly type: string;
  /** Every wrong field with its rule, by field name. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(status: number, message: string, options: ApiErrorOptions = {}) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.type = options.type ?? "about:blank";
    this.fields = options.fields ?? {};
  }
}

/** What an {@linkcode ApiError} may carry. */
export interface ApiErrorOptions {
  readonly type?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** Reads what a service said why it refused. */
export function readProblem(status: number, text: string): ApiError {
  try {
    const problem = JSON.parse(text) as {
      type?: string;
      title?: string;
      detail?: string;
      errors?: { field: string; message: string }[];
    };
    return new ApiError(status, problem.detail ?? problem.title ?? `The service answered ${status}`, {
      type: problem.type,
      fields: Object.fromEntries((problem.errors ?? []).map(({ field, message }) => [field, message])),
    });
  } catch {
    // A gateway's own page, not a service's problem document.
    return new ApiError(status, `The service answered ${status}`);
  }
}
