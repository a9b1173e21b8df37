import { z } from "@hono/zod-openapi";
import { EXAMPLE_TIME_MS } from "../../shared/domain/fields.ts";
import { SlaDraft } from "../../shared/domain/sla/sla.ts";

/** The path parameter of one SLA. */
export const idParameter = z.object({
  id: z.string().min(1).max(100).meta({ description: "Id of the SLA", example: "mjv3k2x0-5f3a9c" }),
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

/** The body that defines an SLA. */
export const draftBody = {
  body: { required: true, content: { "application/json": { schema: SlaDraft } } },
} as const;
