import type { z } from "@hono/zod-openapi";

/** An answer in JSON, as routes are documented by it. */
export interface JsonAnswer<Schema extends z.ZodType> {
  readonly description: string;
  readonly content: { readonly "application/json": { readonly schema: Schema } };
}

/** Documents that a route answers in JSON of this schema. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string): JsonAnswer<Schema> {
  return { description, content: { "application/json": { schema } } };
}
