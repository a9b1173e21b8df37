import type { SlaBudget, SlaPrediction, SlaStatus } from "../api/slas.ts";

/** Every state an SLA can be in, worst first. */
export const STATES: readonly SlaStatus["state"][] = ["violated", "unknown", "at_risk", "ok"];

/** Shares that differ by less are alike: rows must not change places under somebody's hand for a breath of noise. */
const SHARE_STEP = 0.1;

/** What an SLA is ranked by besides its state, where it is known. */
export interface Outlook {
  readonly predictions: ReadonlyMap<string, SlaPrediction>;
  readonly budgets: ReadonlyMap<string, SlaBudget>;
}

/**
 * The SLAs by state, then by how probable a violation is, then by how little of the budget is left, else as they
 * came.
 */
export function worstFirst(statuses: readonly SlaStatus[], { predictions, budgets }: Outlook): SlaStatus[] {
  const keys = (status: SlaStatus): readonly number[] => [
    STATES.indexOf(status.state),
    -rounded(predictions.get(status.slaId)?.probability ?? 0),
    // Without a budget nothing of one is spent.
    rounded(budgets.get(status.slaId)?.remaining ?? 1),
  ];
  return statuses.toSorted((a, b) => {
    const other = keys(b);
    return keys(a).map((key, i) => key - other[i]).find((difference) => difference !== 0) ?? 0;
  });
}

function rounded(share: number): number {
  return Math.round(share / SHARE_STEP);
}
