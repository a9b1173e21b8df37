import { readToken } from "./token.ts";

/** A refused or failed request, in the words of the service. */
export class ApiError extends Error {
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

/** What goes along with a request. */
export interface RequestOptions {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly body?: unknown;
  /** For a conditional write. */
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
}

/** How long a service may take before it counts as not answering. */
const TIMEOUT_MS = 20_000;

/** Asks a service of this origin and reads its JSON. */
export async function request<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  return (await requestTagged<Answer>(path, options)).body;
}

/** As {@linkcode request}, with the ETag that a later write must name. */
export async function requestTagged<Answer>(
  path: string,
  options: RequestOptions = {},
): Promise<{ readonly body: Answer; readonly etag: string | null }> {
  const { method = "GET", body, ifMatch, signal } = options;
  const headers = new Headers({ accept: "application/json" });
  if (body !== undefined) headers.set("content-type", "application/json");
  if (ifMatch !== undefined) headers.set("if-match", ifMatch);
  const token = readToken();
  if (token !== null && method !== "GET") headers.set("authorization", `Bearer ${token}`);
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(
      0,
      timeout.aborted ? "The service did not answer in time" : "The service can't be reached",
    );
  }
  const text = await response.text();
  if (!response.ok) throw readProblem(response.status, text);
  return { body: (text === "" ? undefined : JSON.parse(text)) as Answer, etag: response.headers.get("etag") };
}

/** Reads every page of a list, at most `itemsMax` items. */
export async function requestAll<Item>(
  path: string,
  itemsMax: number,
  signal?: AbortSignal,
): Promise<Item[]> {
  const items: Item[] = [];
  const separator = path.includes("?") ? "&" : "?";
  let cursor = "";
  while (items.length < itemsMax) {
    const page = await request<{ items: Item[]; nextCursor: string | null }>(
      `${path}${separator}limit=1000${cursor}`,
      { signal },
    );
    items.push(...page.items);
    if (page.nextCursor === null) break;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
  return items;
}

function readProblem(status: number, text: string): ApiError {
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
