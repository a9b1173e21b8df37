import { z } from "zod";
import { Duration } from "../../domain/units/duration.ts";
import { formatDuration } from "../../domain/units/duration_text.ts";

const LIMIT_RULE = "must be a whole number, 1 … 1000";

/** Query parameters of every list, to spread into a route's own. */
export type ListQueryShape = {
  limit: z.ZodType<number, string | undefined>;
  cursor: z.ZodType<string | undefined, string | undefined>;
};

/** `limit` 1 … 1000 (default 100) and `cursor`. */
export const listQuery: ListQueryShape = {
  limit: z.string().regex(/^\d{1,4}$/, LIMIT_RULE).transform(Number)
    .refine((limit) => limit >= 1 && limit <= 1000, LIMIT_RULE)
    .prefault("100").meta({
      description: "Most items of a page",
      example: 5,
      type: "integer",
      minimum: 1,
      maximum: 1000,
      default: 100,
    }),
  cursor: z.string().min(1).max(1024).optional().meta({
    description: "`nextCursor` of the page before; opaque",
    example: "0123456789abcdef",
  }),
};

/** A list's answer: its items, and the cursor of the next page, `null` on the last. */
export function pageOf<Item extends z.ZodType>(item: Item): z.ZodObject<{
  items: z.ZodArray<Item>;
  nextCursor: z.ZodNullable<z.ZodString>;
}> {
  return z.object({
    items: z.array(item).describe("The entries of this page"),
    nextCursor: z.string().nullable().meta({
      description: "Give it as `cursor` to read on; null on the last page",
      example: "0123456789abcdef",
    }),
  });
}

/**
 * A window that must be one of the configured ones, whatever its spelling (`60m` is `1h`).
 *
 * @param otherwise Where others are answered, for who asks for one: a clause of its own.
 */
export function windowQuery(
  windowsMs: readonly number[],
  otherwise?: string,
): z.ZodType<string | undefined, string | undefined> {
  const names = windowsMs.map(formatDuration);
  const others = otherwise === undefined ? "" : `; ${otherwise}`;
  return Duration.pipe(
    z.number().transform((windowMs, context) => {
      if (windowsMs.includes(windowMs)) return formatDuration(windowMs);
      context.addIssue({ code: "custom", message: `must be one of ${names.join(", ")}${others}` });
      return z.NEVER;
    }),
  ).optional().meta({
    description: `A configured window, in any spelling: ${names.join(", ")}${others}`,
    type: "string",
    enum: names,
  });
}
