import { z } from "@hono/zod-openapi";
import type { Page } from "../../shared/domain/page.ts";

/** Groups the routes in the documentation. */
export const tags = ["SLAs"];

/** The path parameter of one SLA. */
export const idParameter = z.object({ id: z.string().min(1).max(100).describe("Id of the SLA") });

/** A JSON answer. */
export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { "application/json": { schema } },
});

const timeQuery = (what: string) =>
  z.string().regex(/^\d{1,15}$/, "must be epoch milliseconds").transform(Number).optional().describe(what);

/** The query parameters of a range in time. */
export const spanQuery = {
  fromMs: timeQuery("Start, epoch ms, inclusive"),
  toMs: timeQuery("End, epoch ms, exclusive"),
};

/** A page as the body of an answer. */
export function pageBody<Item>({ items, nextCursor }: Page<Item>): { items: Item[]; nextCursor: string | null } {
  return { items: [...items], nextCursor };
}
