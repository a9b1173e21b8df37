import type { Context } from "hono";
import { etagOf, matches } from "./etag.ts";
import { acceptsGzip, gzipFully } from "./gzip.ts";

/** A file that stays the same while the process lives. */
export interface StaticFile {
  readonly body: string;
  /** With its charset. */
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Answers a file: compressed for who takes it, and with 304 for who has it. It is compressed at the first request for
 * it and not before, so that a service nobody reads the documentation of starts no later.
 */
export function answerFile({ body, type, headers }: StaticFile): (context: Context) => Promise<Response> {
  // Weak, as it stands for the compressed file as well.
  const etag = `W/${etagOf(body)}`;
  const common = { ...headers, "content-type": type, vary: "accept-encoding", etag };
  let compressed: Promise<Uint8Array<ArrayBuffer>> | undefined;
  return async (context) => {
    if (matches(context.req.header("if-none-match"), etag)) return context.body(null, 304, common);
    if (!acceptsGzip(context.req.header("accept-encoding"))) return context.body(body, 200, common);
    compressed ??= gzipFully(body);
    return context.body(await compressed, 200, { ...common, "content-encoding": "gzip" });
  };
}
