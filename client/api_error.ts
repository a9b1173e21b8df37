/** A refused or failed request, in the words of the service. */
export class ApiError extends Error {
  /** The HTTP status; 0 when there was no answer at all. */
  readonly status: number;
  /** Every wrong field with its rule, by field name. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(status: number, message: string, fields: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.fields = fields;
  }
}

/** Reads what a service said why it refused. */
export function readProblem(status: number, text: string): ApiError {
  try {
    const problem = JSON.parse(text) as {
      title?: string;
      detail?: string;
      errors?: { field: string; message: string }[];
    };
    const fields = Object.fromEntries((problem.errors ?? []).map(({ field, message }) => [field, message]));
    return new ApiError(status, problem.detail ?? problem.title ?? `The service answered ${status}`, fields);
  } catch {
    // A gateway's own page, not a service's problem document.
    return new ApiError(status, `The service answered ${status}`);
  }
}
