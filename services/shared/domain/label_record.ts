import { z } from "zod";

/** What the names and the values of a label set must be. */
export interface LabelRules {
  /**
   * The rule that a name breaks, `undefined` of a right one.
   *
   * @default any text
   */
  readonly wrongName?: (name: string) => string | undefined;
  /** @default any text */
  readonly value?: z.ZodType<string>;
}

/** A schema of label sets. */
export type LabelRecord = z.ZodCustom<Record<string, string>, Record<string, string>>;

/**
 * A label set, whatever its names: `z.record` drops one called `__proto__` without a word, and two series that differ
 * by it alone would be one.
 */
export function labelRecord({ wrongName, value = z.string() }: LabelRules = {}): LabelRecord {
  return z.custom<Record<string, string>>().superRefine((labels: unknown, context) => {
    if (typeof labels !== "object" || labels === null || Array.isArray(labels)) {
      const message = `Invalid input: expected record, received ${
        labels === undefined ? "undefined" : "other"
      }`;
      context.addIssue({ code: "invalid_type", expected: "record", input: labels, message, continue: false });
      return;
    }
    for (const [key, text] of Object.entries(labels)) {
      const message = wrongName?.(key);
      if (message !== undefined) context.addIssue({ code: "custom", message, input: key, path: [key] });
      for (const issue of value.safeParse(text).error?.issues ?? []) {
        context.addIssue({ ...issue, input: text, path: [key, ...issue.path] });
      }
    }
  }).meta({ type: "object", additionalProperties: { type: "string" } });
}
