import { DomainError } from "../../shared/domain/errors.ts";
import type { NoDataPolicy } from "../../shared/domain/sla/sla.ts";
import type { SeriesBudget } from "../../shared/domain/sla/sla_budget.ts";
import type { SlaBudgetHistory } from "../../shared/domain/sla/sla_budget_history.ts";
import { readDuration } from "../../shared/domain/units/duration_text.ts";
import { addUp, budgetOf } from "../budget/budget_figures.ts";
import { HOUR_MS, HourTotals, type VerdictTotals } from "../budget/hour_totals.ts";
import { projectBudget } from "../budget/project_budget.ts";
import type { SlaEntry } from "../held/sla_entry.ts";
import { answerBudget, judgedFrom } from "./answer_budget.ts";

/** Most points of one answer; a longer window has steps of several hours. */
const HISTORY_POINTS_MAX = 1_000;

/**
 * Answers how the budget of one label set was spent, from its stored hours: of the worst one, or of the one asked
 * for. Asks nobody. O(series · hours).
 *
 * @throws {DomainError} `not-found` for a label set that is not judged.
 */
export function answerBudgetHistory(
  entry: SlaEntry,
  nowMs: number,
  options: { readonly seriesId?: string } = {},
): SlaBudgetHistory {
  const { sla } = entry;
  const { slaId, name, target, window, fromMs, toMs, backfill, series } = answerBudget(
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
  const totals = held?.totals ?? new HourTotals(1);
  const windowMs = readDuration(sla.budgetWindow);
  const steps = totals.split(fromMs, toMs, stepMs);
  return {
    slaId,
    name,
    target,
    window,
    fromMs,
    toMs,
    stepMs,
    judgedFromMs: judgedFrom(entry, seriesId, fromMs),
    backfill,
    seriesId,
    labels: budget?.labels ?? {},
    // A part of the past would show less spent than was.
    remaining: target === null || backfill === "pending" ? steps.map(() => null) : remainingAfter(steps, {
      target,
      noData: sla.noData,
      windowMs,
    }),
    badMs: steps.map(({ badMs }) => badMs),
    missingMs: steps.map(({ missingMs }) => missingMs),
    projected: budget === undefined
      ? null
      : project(budget, { totals, fromMs, toMs, stepMs, windowMs, noData: sla.noData }),
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

/** Where the budget's own figures lead: the curve whose end they tell. */
function project(
  { budgetMs, remaining, exhaustedInMs, burnRates: { "6h": burnRate } }: SeriesBudget,
  { totals, stepMs, ...window }: {
    readonly totals: HourTotals;
    readonly fromMs: number;
    readonly toMs: number;
    readonly stepMs: number;
    readonly windowMs: number;
    readonly noData: NoDataPolicy;
  },
): SlaBudgetHistory["projected"] {
  if (budgetMs === null || remaining === null || exhaustedInMs === null || burnRate === null) return null;
  const points = projectBudget(totals, { ...window, budgetMs, remaining, burnRate }) ?? [];
  const last = points.length - 1;
  const shown = points.filter((_, k) => k % (stepMs / HOUR_MS) === 0 || k === last);
  return {
    atMs: Math.round(window.toMs + exhaustedInMs),
    burnRate,
    timesMs: shown.map(({ atMs }) => Math.round(atMs)),
    remaining: shown.map(({ remaining }) => remaining),
  };
}

function explain(target: number | null, budget: SeriesBudget | undefined): { readonly reason?: string } {
  if (target === null) return { reason: "no target is given, so there is no budget" };
  if (budget === undefined) return { reason: "nothing has been judged yet" };
  return budget.reason === undefined ? {} : { reason: budget.reason };
}
