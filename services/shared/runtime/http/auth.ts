import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import type { ApiToken } from "../config/variables.ts";
import { answerProblem } from "./problem.ts";

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Asks every write for one of the bearer tokens; without tokens everybody may write.
 *
 * All tokens are compared, each in constant time over its hash, so that the time of the answer tells nothing.
 */
export function requireToken(tokens: readonly ApiToken[]): MiddlewareHandler {
  const known = tokens.map(({ name, token }) => ({ name, hash: hash(token) }));
  return async (c, next) => {
    if (known.length === 0 || READS.has(c.req.method)) return await next();
    const [, given = ""] = /^bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "") ?? [];
    const givenHash = hash(given);
    const matching = known.filter((token) => timingSafeEqual(token.hash, givenHash));
    if (given === "" || matching.length === 0) {
      return answerProblem(c, 401, { detail: "A write needs a valid token: Authorization: Bearer …" });
    }
    await next();
  };
}

function hash(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}
