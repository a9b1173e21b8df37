import { z } from "@hono/zod-openapi";
import { readCursor, writeCursor } from "../../shared/domain/cursor.ts";
import { DomainError } from "../../shared/domain/errors.ts";
import { EXAMPLE_TIME_MS } from "../../shared/domain/fields.ts";
import type { Page, PageRequest } from "../../shared/domain/page.ts";

/** The path parameter of one SLA. */
export const idParameter = z.object({
  id: z.string().min(1).max(100).meta({ description: "Id of the SLA", example: "mjv3k2x0-5f3a9c" }),
});

/** A JSON answer. */
export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { "application/json": { schema } },
});

const timeQuery = (what: string) =>
  z.string().regex(/^\d{1,15}$/, "must be epoch milliseconds").transform(Number).optional().meta({
    description: what,
    type: "integer",
    minimum: 0,
    example: EXAMPLE_TIME_MS,
  });

/** The query parameters of a range in time. */
export const spanQuery = {
  fromMs: timeQuery("Start, epoch ms, inclusive"),
  toMs: timeQuery("End, epoch ms, exclusive"),
};

/**
 * Requires a range to have a start before its end; either may be open.
 *
 * @throws {DomainError} `invalid`, naming the field.
 */
export function requireOrder({ fromMs, toMs }: { readonly fromMs?: number; readonly toMs?: number }): void {
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs) {
    throw wrongRange("fromMs", "must be before toMs");
  }
}

/** What a range that is none is answered with. */
export function wrongRange(field: string, message: string): DomainError {
  return new DomainError("invalid", `Cannot read a range as "${field}" ${message}`, {
    fields: [{ field, message }],
  });
}

/** Reads a page as the body of an answer; its cursors are those of `list` and no other. */
export async function readPage<Item>(
  list: string,
  { limit, cursor }: PageRequest,
  read: (page: PageRequest) => Page<Item> | Promise<Page<Item>>,
): Promise<{ items: Item[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : readCursor(list, cursor, 1)[0];
  const { items, nextCursor } = await read({ limit, cursor: after });
  return { items: [...items], nextCursor: nextCursor === null ? null : writeCursor(list, [nextCursor]) };
}
