import { ORDERED_BOUNDS } from "../../../../shared/domain/sla/ordered_bounds.ts";
import { ApiError } from "../../api/request.ts";
import type { SlaDraft } from "../../api/slas.ts";
import { readable } from "../../format/sentence.ts";
import { type FieldName, FIELDS, NUMBERS } from "./draft_fields.ts";

/** What is wrong with each field, to be read after its label or below it. */
export type WrongFields = Readonly<Partial<Record<FieldName, string>>>;

/** What can be told before anybody is asked; of two that contradict each other, of the one that was changed last. */
export function findWrongFields(draft: Partial<SlaDraft>, changed: FieldName | undefined): WrongFields {
  const wrong: Partial<Record<FieldName, string>> = {};
  const given = draft as Readonly<Partial<Record<FieldName, unknown>>>;
  for (const name of NUMBERS) {
    if (typeof given[name] !== "string") continue;
    wrong[name] = `must be a number, such as ${name === "target" ? "0.99 or 99 %" : "4.5"}`;
  }
  for (const [low, high] of ORDERED_BOUNDS) {
    const [lower, upper] = [given[low], given[high]];
    if (typeof lower !== "number" || typeof upper !== "number" || lower <= upper) continue;
    if (changed === low) wrong[low] = `must not be above ${labelOf(high)} (${upper})`;
    else wrong[high] = `must not be below ${labelOf(low)} (${lower})`;
  }
  return wrong;
}

/** What a service refused, by the form's own fields. */
export function refusedFields(error: Error | undefined): WrongFields {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(
    FIELDS.filter(({ name }) => error.fields[name] !== undefined).map((
      { name },
    ) => [name, readable(error.fields[name])]),
  );
}

/** What is wrong with the fields, each by its label; a service's whole sentence stands for itself. */
export function describeWrong(wrong: WrongFields): string {
  return FIELDS.flatMap(({ name, label }) => {
    const rule = wrong[name];
    if (rule === undefined) return [];
    return [/^[A-Z]/.test(rule) ? `${rule}.` : `${label} ${rule}.`];
  }).join(" ");
}

/** Why a service refused: by its fields where it names some of the form's, else in its words. */
export function describeRefusal(error: Error): string {
  return describeWrong(refusedFields(error)) || `${readable(error.message)}.`;
}

function labelOf(name: FieldName): string {
  return FIELDS.find((field) => field.name === name)!.label;
}
