import { ORDERED_BOUNDS } from "../../../../shared/domain/sla/ordered_bounds.ts";
import { ApiError } from "../../api/request.ts";
import type { SlaDraft } from "../../api/slas.ts";
import { asSentence, readable } from "../../format/sentence.ts";
import type { Unit } from "../../../../shared/domain/units/unit.ts";
import { formatDecimal } from "../../format/decimal_bytes.ts";
import { formatExactly } from "../../format/quantity.ts";
import { unitBehind } from "../../format/read_quantity.ts";
import { exampleOf, nameOf } from "../../format/unit_examples.ts";
import { describeNoLabels } from "./label_text.ts";
import { type FieldName, FIELDS, isLength, LENGTHS, NUMBERS, unitOfField } from "./draft_fields.ts";

/** What is wrong with each field, to be read below it. */
export type WrongFields = Readonly<Partial<Record<FieldName, string>>>;

/** What can be told before anybody is asked; of two that contradict each other, of the one that was changed last. */
export function findWrongFields(draft: Partial<SlaDraft>, changed: FieldName | undefined): WrongFields {
  const wrong: Partial<Record<FieldName, string>> = {};
  const { expression = "" } = draft;
  const given = draft as Readonly<Partial<Record<FieldName, unknown>>>;
  for (const name of NUMBERS) {
    const typed = given[name];
    if (typeof typed === "string") wrong[name] = describeNoNumber(typed, name, unitOfField(name, expression));
  }
  for (const [name, example] of LENGTHS) {
    const typed = given[name];
    if (typeof typed === "string" && !isLength(typed)) wrong[name] = describeNoLength(typed, example);
  }
  if (typeof given.labels === "string") wrong.labels = describeNoLabels(given.labels);
  const { target } = draft;
  if (typeof target === "number" && !(target > 0 && target < 1)) {
    wrong.target = `must be above 0 % and below 100 %: read as ${
      formatExactly(target, unitOfField("target", expression))
    }`;
  }
  for (const [low, high] of ORDERED_BOUNDS) {
    const [lower, upper] = [given[low], given[high]];
    if (typeof lower !== "number" || typeof upper !== "number" || lower <= upper) continue;
    const unit = unitOfField(low, expression);
    const written = (bound: number) => formatDecimal(bound, unit) ?? formatExactly(bound, unit);
    if (changed === low) wrong[low] = `must not be above ${labelOf(high)} (${written(upper)})`;
    else wrong[high] = `must not be below ${labelOf(low)} (${written(lower)})`;
  }
  return wrong;
}

/** Why what was typed is no number of its unit, and what would be one. */
function describeNoNumber(typed: string, name: FieldName, unit: Unit): string {
  const example = name === "target" ? "0.99 or 99 %" : exampleOf(unit) ?? "4.5";
  const behind = unitBehind(typed);
  return behind === undefined || unit.base === null
    ? `must be a number, such as ${example}`
    : `“${behind}” is not a unit of ${nameOf(unit)}: try ${example}`;
}

/** Why what was typed is no length of time, and what would be one. */
function describeNoLength(typed: string, example: string): string {
  return /^\d+$/.test(typed)
    ? `needs a unit, such as ${typed} ${unitBehind(example)}`
    : `must be a length of time, such as ${example}`;
}

/** What a service refused, by the form's own fields; what it says of several in the same words, of the first. */
export function refusedFields(error: Error | undefined): WrongFields {
  if (!(error instanceof ApiError)) return {};
  const told = FIELDS.map(({ name }) => error.fields[name] ?? refusedPart(error, name));
  return Object.fromEntries(
    FIELDS.flatMap(({ name }, k) =>
      told[k] === undefined || told.indexOf(told[k]) < k ? [] : [[name, readable(told[k])]]
    ),
  );
}

/** What a service refused of a field that has parts, such as one label: the first of these. */
function refusedPart({ fields }: ApiError, name: FieldName): string | undefined {
  const part = Object.keys(fields).find((field) => field.startsWith(`${name}.`));
  return part && `“${part.slice(name.length + 1)}” ${fields[part]}`;
}

/** That something was not done, and where to look, as each field says itself what is wrong with it. */
export function describeWrong(what: string, wrong: WrongFields): string {
  const labels = FIELDS.flatMap(({ name, label }) => wrong[name] === undefined ? [] : [label]);
  const last = labels.pop();
  return `${what}: see ${labels.length === 0 ? last : `${labels.join(", ")} and ${last}`}.`;
}

/** That something was refused, and where to look if that is a field of the form, else why. */
export function describeRefusal(what: string, error: Error): string {
  const wrong = refusedFields(error);
  return Object.keys(wrong).length > 0 ? describeWrong(what, wrong) : `${what}. ${asSentence(error.message)}`;
}

function labelOf(name: FieldName): string {
  return FIELDS.find((field) => field.name === name)!.label;
}
