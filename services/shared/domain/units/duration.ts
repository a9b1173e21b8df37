import { z } from "zod";
import { readDuration } from "./duration_text.ts";

/** A duration in configuration or a query, parsed to ms. */
export const Duration: z.ZodType<number, string> = z.string().transform((text, context) => {
  try {
    return readDuration(text);
  } catch {
    context.addIssue({ code: "custom", message: `must be a duration such as 15s, 10m or 1h30m` });
    return z.NEVER;
  }
});
