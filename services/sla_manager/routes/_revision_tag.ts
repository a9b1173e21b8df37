import { z } from "@hono/zod-openapi";
import { DomainError } from "../../shared/domain/errors.ts";
import type { Sla } from "../../shared/domain/sla/sla.ts";

/** The header that names the revision a write is meant for. */
export const ifMatch = z.object({
  "if-match": z.string().max(200).optional().meta({
    description: "ETag of the revision to change; another one answers 412",
    example: '"1"',
  }),
});

/** The ETag of a definition. */
export function tagOf({ revision }: Sla): string {
  return `"${revision}"`;
}

/** The revision a write is meant for; `undefined` is any. A tag that is none of ours never matches. */
export function readIfMatch(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === "*") return undefined;
  // A proxy that compresses marks tags as weak, or with what it compressed by; the revision is the same.
  const [, revision] = /^\s*(?:W\/)?"(\d{1,9})(?:-[a-z]+)?"\s*$/.exec(header) ?? [];
  if (revision === undefined) {
    throw new DomainError("stale", `Cannot change the SLA as If-Match must be its ETag: found ${header}`);
  }
  return Number(revision);
}
