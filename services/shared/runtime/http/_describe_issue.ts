import type { z } from "zod";

/**
 * The rule that a value broke, and the value: `must be below 1: found 99.9`. What a schema says in its own words
 * stays; the library's are of bounds and types, and not for people.
 */
export function describeIssue(issue: z.core.$ZodIssue, input: unknown): string {
  if (issue.code === "invalid_type" && /received undefined$/.test(issue.message)) return "is required";
  const found = valueAt(input, issue.path);
  const rule = /^(?:Too (?:big|small)|Invalid )/.test(issue.message) ? ruleOf(issue) : issue.message;
  const tellsFound = issue.code === "invalid_type" || issue.code === "invalid_value" ||
    issue.code === "too_big" || issue.code === "too_small";
  const what = tellsFound ? foundText(issue, found) : undefined;
  return what === undefined ? rule : `${rule}: found ${what}`;
}

function ruleOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "too_big":
      return bounded(issue, issue.maximum, issue.inclusive === false ? "below" : "at most");
    case "too_small":
      return bounded(issue, issue.minimum, issue.inclusive === false ? "above" : "at least");
    case "invalid_type":
      return `must be ${TYPE_WORDS[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.map(String).join(", ")}`;
    default:
      return issue.message;
  }
}

function bounded({ origin }: { readonly origin: string }, limit: number | bigint, how: string): string {
  const unit = LENGTH_UNITS[origin];
  if (unit === undefined) return `must be ${how} ${limit}`;
  if (how === "at least" && limit === 1) return "must not be empty";
  return `must have ${how} ${limit} ${unit}`;
}

const LENGTH_UNITS: Readonly<Record<string, string>> = {
  string: "characters",
  array: "entries",
  set: "entries",
};

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "a list",
};

const TEXT_MAX = 40;

/** What was found, in short; of a text that is too long or short its length. */
function foundText(issue: z.core.$ZodIssue, found: unknown): string | undefined {
  const unit = "origin" in issue ? LENGTH_UNITS[issue.origin] : undefined;
  if (unit !== undefined) {
    return typeof found === "string" || Array.isArray(found)
      ? found.length > 0 ? String(found.length) : undefined
      : undefined;
  }
  if (found === null || typeof found === "number" || typeof found === "boolean") return String(found);
  if (typeof found === "string") {
    return JSON.stringify(found.length > TEXT_MAX ? `${found.slice(0, TEXT_MAX)}…` : found);
  }
  if (Array.isArray(found)) return "a list";
  return typeof found === "object" ? "an object" : undefined;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return value;
}
