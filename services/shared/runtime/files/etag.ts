import { createHash } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { acceptsGzip, GZIP_FROM_LENGTH, gzipQuickly } from "./gzip.ts";

/**
 * Gives every JSON answer to a read an ETag, and answers 304 to who has it already; a long one is compressed for who
 * takes that.
 *
 * The tag is made where the text is, within `c.json`: reading it back out of a finished response would double the
 * cost of a small read. A handler that knows a version gives it as the header `etag` of `c.json`. What is answered
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
  const tagged = (body: unknown, status?: unknown, headers?: HeaderRecord): Response | Promise<Response> => {
    if (status !== undefined && status !== 200) return json(body as never, status as never, headers);
    const text = JSON.stringify(body);
    const etag = String(headers?.etag ?? etagOf(text));
    const isLong = text.length >= GZIP_FROM_LENGTH;
    // Weak, as it stands for the compressed answer as well; so a proxy that compresses would have it.
    const sent = { ...headers, etag: isLong ? etag.replace(/^"/, 'W/"') : etag };
    c.header("cache-control", "no-cache");
    if (isLong) c.header("vary", "accept-encoding", { append: true });
    if (matches(c.req.header("if-none-match"), etag)) return c.body(null, 304, sent);
    const type = { "content-type": "application/json" };
    if (!isLong || !acceptsGzip(c.req.header("accept-encoding"))) {
      return c.body(text, 200, { ...type, ...sent });
    }
    const compressed = { ...type, ...sent, "content-encoding": "gzip" };
    return gzipQuickly(text).then((body) => c.body(body, 200, compressed));
  };
  // Same answers to the same arguments: headers are added, which no type tells, and a handler may return a promise.
  c.json = tagged as unknown as typeof json;
}

type HeaderRecord = Record<string, string | string[]>;

/** The entity tag of a body. */
export function etagOf(body: string | Uint8Array): string {
  return `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
}

/**
 * Whether a `If-None-Match` header names the tag; weak comparison, as RFC 9110 wants it for reads. A proxy that
 * compresses adds by what to a tag, and does not always take it away again.
 */
export function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const bare = (tag: string) => tag.trim().replace(/^W\//, "").replace(/-(?:gzip|zstd|br)"$/, '"');
  return header.trim() === "*" || header.split(",").some((tag) => bare(tag) === bare(etag));
}
