import type { Sla } from "../../services/shared/domain/sla/sla.ts";

/** A stored SLA over `up`, which must not exceed 1, but for what a test or bench wants of it. */
export function exampleSla(changes: Partial<Sla> = {}): Sla {
  return {
    id: "a",
    kind: "bounds",
    name: "a",
    expression: "up",
    min: null,
    max: 1,
    target: null,
    budgetWindow: "30d",
    tolerance: "0s",
    warnMin: null,
    warnMax: null,
    noData: "unknown",
    labels: {},
    description: "",
    step: "15s",
    derived: false,
    derivedFrom: null,
    warnings: [],
    revision: 1,
    createdAtMs: 1,
    updatedAtMs: 1,
    ...changes,
  };
}
