import type { Context } from "hono";

/** Where whoever passed the request on has hung the service, such as `/etl`; empty where it stands alone. */
export function mountedAt(c: Context): string {
  return /^(?:\/[\w-]+)+$/.exec(c.req.header("x-forwarded-prefix") ?? "")?.[0] ?? "";
}
