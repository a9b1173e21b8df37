import { DomainError } from "../../shared/domain/errors.ts";
import type { SeriesBudget } from "../../shared/domain/sla/sla_budget.ts";
import type { SlaBudgetHistory } from "../../shared/domain/sla/sla_budget_history.ts";
import { readDuration } from "../../shared/domain/units/duration.ts";
import { addUp, budgetOf } from "../budget/budget_figures.ts";
import { HOUR_MS, HourTotals, type VerdictTotals } from "../budget/hour_totals.ts";
import type { SlaEntry } from "../held/sla_entry.ts";
import { answerBudget } from "./answer_budget.ts";

/** Most points of one answer; a longer window has steps of several hours. */
const HISTORY_POINTS_MAX = 1_000;

/**
 * Answers how the budget of one label set was spent, from its stored hours: of the worst one, or of the one asked for.
 * Asks nobody. O(series · hours).
 *
 * @throws {DomainError} `not-found` for a label set that is not judged.
 */
export function answerBudgetHistory(
  entry: SlaEntry,
  nowMs: number,
  options: { readonly seriesId?: string } = {},
): SlaBudgetHistory {
  const { sla } = entry;
  const { slaId, name, target, window, fromMs, toMs, judgedFromMs, backfill, series } = answerBudget(
    entry,
    nowMs,
  );
  const { seriesId = series[0]?.seriesId ?? "" } = options;
  const budget = series.find((one) => one.seriesId === seriesId);
  if (budget === undefined && options.seriesId !== undefined) {
    throw new DomainError(
      "not-found",
      `No series ${seriesId} of the SLA is judged: its budget lists those that are`,
    );
  }
  const stepMs = Math.ceil((toMs - fromMs) / HOUR_MS / HISTORY_POINTS_MAX) * HOUR_MS;
  const held = entry.series.get(seriesId);
  const steps = (held?.totals ?? new HourTotals(1)).split(fromMs, toMs, stepMs);
  return {
    slaId,
    name,
    target,
    window,
    fromMs,
    toMs,
    stepMs,
    judgedFromMs,
    backfill,
    seriesId,
    labels: budget?.labels ?? {},
    // A part of the past would show less spent than was.
    remaining: target === null || backfill === "pending" ? steps.map(() => null) : remainingAfter(steps, {
      target,
      noData: sla.noData,
      windowMs: readDuration(sla.budgetWindow),
    }),
    badMs: steps.map(({ badMs }) => badMs),
    missingMs: steps.map(({ missingMs }) => missingMs),
    projected: budget === undefined ? null : project(budget, toMs),
    ...explain(target, budget),
  };
}

/** What is left after each step: 1 less what was spent up to its end. */
function remainingAfter(
  steps: readonly VerdictTotals[],
  promise: Parameters<typeof budgetOf>[1],
): (number | null)[] {
  let sums: VerdictTotals = { goodMs: 0, badMs: 0, missingMs: 0 };
  return steps.map((step) => {
    sums = addUp(sums, step);
    const { consumed } = budgetOf(sums, promise);
    return consumed === null ? null : 1 - consumed;
  });
}

function project(
  { exhaustedInMs, burnRates: { "6h": burnRate } }: SeriesBudget,
  toMs: number,
): SlaBudgetHistory["projected"] {
  if (exhaustedInMs === null || burnRate === null) return null;
  return { atMs: Math.round(toMs + exhaustedInMs), burnRate };
}

function explain(target: number | null, budget: SeriesBudget | undefined): { readonly reason?: string } {
  if (target === null) return { reason: "no target is given, so there is no budget" };
  if (budget === undefined) return { reason: "nothing has been judged yet" };
  return budget.reason === undefined ? {} : { reason: budget.reason };
}
