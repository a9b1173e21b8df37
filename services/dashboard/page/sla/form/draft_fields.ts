import { type Unit, unitOfExpression } from "../../../../shared/domain/units/unit.ts";
import { DURATION_PATTERN } from "../../../../shared/domain/units/duration_text.ts";
import type { SlaDraft } from "../../api/slas.ts";
import { describeReading, readQuantity } from "../../format/read_quantity.ts";
import { exampleOf } from "../../format/unit_examples.ts";
import { formatWindow } from "../../format/time.ts";
import { readLabels, writeLabels } from "./label_text.ts";

/** The form's fields as they are typed. */
export type Entry = Record<FieldName, string>;

/** What the form asks. */
export type FieldName =
  | "name"
  | "expression"
  | "min"
  | "max"
  | "warnMin"
  | "warnMax"
  | "target"
  | "budgetWindow"
  | "tolerance"
  | "noData"
  | "labels"
  | "description";

interface Field {
  readonly name: FieldName;
  readonly label: string;
  readonly hint: string;
  readonly kind: "text" | "number" | "length" | "choice" | "labels";
  /** The hint once it is known how its number may be typed. */
  readonly hintBy?: (example: string) => string;
  /** What an empty field means. */
  readonly initial?: string;
  /** The only values it takes. */
  readonly options?: readonly string[];
}

/** What the form asks, in order. */
export const FIELDS: readonly Field[] = [
  { name: "name", label: "Name", hint: "Unique; any characters.", kind: "text" },
  {
    name: "expression",
    label: "Metric or PromQL",
    hint: "Such as up, which every Prometheus has. Judged as written; each label set apart.",
    kind: "text",
  },
  {
    name: "min",
    label: "Min",
    hint: "Lowest value in bounds; 90 %, 2 GiB and 500 ms are read too.",
    hintBy: (example) => `Lowest value in bounds, such as ${example}.`,
    kind: "number",
  },
  {
    name: "max",
    label: "Max",
    hint: "Highest value in bounds. With neither, both come from the last 30 minutes.",
    hintBy: (example) =>
      `Highest value in bounds, such as ${example}. With neither, both come from the last 30 minutes.`,
    kind: "number",
  },
  { name: "warnMin", label: "Warn below", hint: "At risk, still in bounds.", kind: "number" },
  { name: "warnMax", label: "Warn above", hint: "At risk, still in bounds.", kind: "number" },
  { name: "target", label: "Target", hint: "Share of time in bounds, such as 99.9 %.", kind: "number" },
  {
    name: "budgetWindow",
    label: "Budget window",
    hint: "What the target is over.",
    kind: "length",
    initial: "30 d",
  },
  {
    name: "tolerance",
    label: "Tolerance",
    hint: "Shorter violations do not count, such as 2 min.",
    kind: "length",
    initial: "0 s",
  },
  {
    name: "noData",
    label: "No data means",
    hint: "What silence of the metric is taken for.",
    kind: "choice",
    initial: "unknown",
    options: ["unknown", "violated", "ok"],
  },
  {
    name: "labels",
    label: "Labels",
    hint: "Alerts carry them, such as team=shop, tier=1.",
    kind: "labels",
  },
  { name: "description", label: "Description", hint: "For whoever is woken by it.", kind: "text" },
];

/** Those that take a number. */
export const NUMBERS: readonly FieldName[] = FIELDS.filter(({ kind }) => kind === "number")
  .map(({ name }) => name);

/** Those that take a length of time, with one that is typed well. */
export const LENGTHS: readonly (readonly [name: FieldName, example: string])[] = [
  ["budgetWindow", "30 d"],
  ["tolerance", "2 min"],
];

/** A draft as it is typed: lengths of time in the spelling of the page. */
export function writeEntries(draft: Partial<SlaDraft>): Entry {
  const values = draft as Readonly<Record<string, unknown>>;
  return Object.fromEntries(FIELDS.map(({ name, kind }) => {
    if (kind === "labels") return [name, writeLabels(draft.labels ?? {})];
    const text = String(values[name] ?? "");
    return [name, kind === "length" ? formatWindow(text) : text];
  })) as Entry;
}

/**
 * What was typed as a draft: empty fields are left out, what can't be read is handed on as typed and refused by name.
 *
 * @param before What was there; of this stays what the form does not ask, such as step.
 */
export function readDraft(entries: Entry, before: Partial<SlaDraft> = {}): Partial<SlaDraft> {
  const draft: Record<string, unknown> = Object.fromEntries(
    Object.entries(before).filter(([name]) => !FIELDS.some((field) => field.name === name)),
  );
  for (const { name, kind } of FIELDS) {
    const text = entries[name].trim();
    if (text === "") continue;
    draft[name] = kind === "number"
      ? readQuantity(text, unitOfField(name, entries.expression)) ?? text
      : kind === "length"
      ? readLength(text)
      : kind === "labels"
      ? readLabels(text) ?? text
      : text;
  }
  return draft as Partial<SlaDraft>;
}

/** How a number was read, where that is not plain to see; nothing of what is no number. */
export function describeEntry(name: FieldName, entries: Entry): string | undefined {
  return NUMBERS.includes(name)
    ? describeReading(entries[name], unitOfField(name, entries.expression))
    : undefined;
}

/** What is said below a field; of a bound with examples of the unit of the expression, once that is known. */
export function describeHint(name: FieldName, expression: string): string {
  const { hint, hintBy } = FIELDS.find((field) => field.name === name)!;
  const example = hintBy && exampleOf(unitOfField(name, expression));
  return example === undefined ? hint : hintBy!(example);
}

/** What a field's number is a number of: what the expression yields, or a share of the time. */
export function unitOfField(name: FieldName, expression: string): Unit {
  return name === "target" ? { base: "ratio" } : unitOfExpression(expression);
}

/** A length of time as the page spells it (`2 min`) or as Prometheus does (`2m`), as the latter. */
function readLength(text: string): string {
  const written = text.replaceAll(/\s/g, "").replaceAll("min", "m");
  return isLength(written) ? written : text;
}

/** Whether the services read it as a length of time. */
export function isLength(written: string): boolean {
  return written === "0" || DURATION_PATTERN.test(written);
}
