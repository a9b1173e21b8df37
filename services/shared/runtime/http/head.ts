import type { MiddlewareHandler } from "hono";

/**
 * Answers a HEAD as its GET would be, without the body: with the length that would have come, as 0 would be a lie. A
 * stream is ended, or whoever feeds it would go on for nobody.
 */
export function heads(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (c.req.method !== "HEAD" || c.res.body === null) return;
    const { body, headers } = c.res;
    if (headers.get("content-type")?.startsWith("text/event-stream")) await body.cancel();
    else headers.set("content-length", String((await c.res.arrayBuffer()).byteLength));
  };
}
