import { createHash } from "node:crypto";
import type { MiddlewareHandler } from "hono";

/**
 * Gives every JSON answer to a read an ETag, and answers 304 to who has it already.
 *
 * A handler that knows its version more cheaply sets the header itself. Streams are left alone.
 */
export function etags(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (c.req.method !== "GET" && c.req.method !== "HEAD" || c.res.status !== 200) return;
    if (!c.res.headers.get("content-type")?.startsWith("application/json")) return;
    let etag = c.res.headers.get("etag");
    if (etag === null) {
      const body = await c.res.arrayBuffer();
      etag = etagOf(new Uint8Array(body));
      c.res = new Response(body, c.res);
      c.res.headers.set("etag", etag);
    }
    if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-cache");
    if (matches(c.req.header("if-none-match"), etag)) {
      const headers = new Headers(c.res.headers);
      headers.delete("content-type");
      headers.delete("content-length");
      c.res = new Response(null, { status: 304, headers });
    }
  };
}

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
