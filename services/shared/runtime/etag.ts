import { createHash } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";

/**
 * Gives every JSON answer to a read an ETag, and answers 304 to who has it already.
 *
 * The tag is made where the text is, within `c.json`: reading it back out of a finished response would double the cost
 * of a small read. A handler that knows a version gives it as the header `etag` of `c.json`. What is answered
 * otherwise (streams, text) has none.
 */
export function etags(): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method === "GET" || c.req.method === "HEAD") tagJson(c);
    await next();
  };
}

function tagJson(c: Context): void {
  const json = c.json;
  const tagged = (body: unknown, status?: unknown, headers?: HeaderRecord): Response => {
    if (status !== undefined && status !== 200) return json(body as never, status as never, headers);
    const text = JSON.stringify(body);
    const etag = String(headers?.etag ?? etagOf(text));
    c.header("etag", etag);
    c.header("cache-control", "no-cache");
    if (matches(c.req.header("if-none-match"), etag)) return c.body(null, 304, headers);
    return c.body(text, 200, { "content-type": "application/json", ...headers });
  };
  // Same answers to the same arguments: only headers are added, which no type tells.
  c.json = tagged as typeof json;
}

type HeaderRecord = Record<string, string | string[]>;

/** The entity tag of a body. */
export function etagOf(body: string | Uint8Array): string {
  return `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
}

/** Whether a `If-None-Match` header names the tag; weak comparison, as RFC 9110 wants it for reads. */
export function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const bare = (tag: string) => tag.trim().replace(/^W\//, "");
  return header.trim() === "*" || header.split(",").some((tag) => bare(tag) === bare(etag));
}
