import type { Sla } from "../../shared/domain/sla/sla.ts";
import type { JudgedDefinition } from "../../shared/domain/sla/sla_progress.ts";
import type { SlaState } from "../../shared/domain/sla/sla_status.ts";
import { DIGITS_READ, formatApart, formatUtc } from "../../shared/domain/units/quantity.ts";
import { unitOfExpression } from "../../shared/domain/units/unit.ts";

const BOUNDS = ["min", "max", "warnMin", "warnMax"] as const;
const WORDS = ["tolerance", "step", "noData"] as const;

/** What of a definition is no longer as it was, field by field. */
export function describeEdit(before: JudgedDefinition, sla: Sla): string {
  const told: string[] = [];
  if (before.expression !== sla.expression) told.push("another expression");
  for (const field of BOUNDS) {
    if (before[field] === sla[field]) continue;
    const [was, is] = [before, sla].map((one) => describeBound(one[field], one.expression));
    told.push(`${field} ${was} → ${is}`);
  }
  for (const field of WORDS) {
    if (before[field] !== sla[field]) told.push(`${field} ${before[field]} → ${sla[field]}`);
  }
  return told.join(", ");
}

/** What an SLA is by its definition after an edit. */
export interface EditedState {
  readonly state: SlaState;
  readonly sinceMs: number;
  readonly sinceAtLeast: boolean;
}

/** What an SLA is by its new definition, and since when: said of every edit, as it may leave the state as it was. */
export function describeSince({ state, sinceMs, sinceAtLeast }: EditedState): string {
  const words = state.replace("_", " ");
  return `${words} ${sinceAtLeast ? "at least " : ""}since ${formatUtc(sinceMs)} by the new definition`;
}

function describeBound(bound: number | null, expression: string): string {
  return bound === null
    ? "none"
    : formatApart([bound], unitOfExpression(expression), { digits: DIGITS_READ })[0];
}
