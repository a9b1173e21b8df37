import { z } from "@hono/zod-openapi";
import { EXAMPLE_END_MS, EXAMPLE_SLA_ID, EXAMPLE_TIME_MS } from "../../shared/domain/fields.ts";
import { SlaDraft, SlaPreviewDraft } from "../../shared/domain/sla/sla.ts";

/** The path parameter of one SLA. */
export const idParameter = z.object({
  id: z.string().min(1).max(100).meta({ description: "Id of the SLA", example: EXAMPLE_SLA_ID }),
});

const timeQuery = (what: string, example: number) =>
  z.string().regex(/^\d{1,15}$/, "must be epoch milliseconds").transform(Number).optional().meta({
    description: what,
    type: "integer",
    minimum: 0,
    example,
  });

/** The query parameters of a range in time. */
export const spanQuery = {
  fromMs: timeQuery("Start, epoch ms, inclusive", EXAMPLE_TIME_MS),
  toMs: timeQuery("End, epoch ms, exclusive", EXAMPLE_END_MS),
};

/** The body that defines an SLA. */
export const draftBody = {
  body: { required: true, content: { "application/json": { schema: SlaDraft } } },
} as const;

/** The body that defines one to be tried, and the one that it would replace. */
export const previewRequest = {
  query: z.object({
    replaces: z.string().min(1).max(100).optional().meta({
      description: "Id of the SLA that it would replace; without, it is tried as a new one",
      example: EXAMPLE_SLA_ID,
    }),
  }),
  body: { required: true, content: { "application/json": { schema: SlaPreviewDraft } } },
} as const;
