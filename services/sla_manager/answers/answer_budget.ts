import {
  type BudgetBackfill,
  BURN_WINDOWS,
  type SeriesBudget,
  type SlaBudget,
} from "../../shared/domain/sla/sla_budget.ts";
import { readDuration } from "../../shared/domain/units/duration.ts";
import { budgetOf, burnRates, judgedShares, spentRates } from "../budget/budget_figures.ts";
import { HOUR_MS } from "../budget/hour_totals.ts";
import type { SeriesEntry, SlaEntry } from "../held/sla_entry.ts";
import { rankSeries } from "./rank_series.ts";

/** Answers the error budget of an SLA from its stored hours. Asks nobody. O(series · hours). */
export function answerBudget(entry: SlaEntry, nowMs: number): SlaBudget {
  const { sla, progress } = entry;
  const windowMs = readDuration(sla.budgetWindow);
  const ends = [...entry.series.values()].map(({ progress: { account } }) => account.toMs);
  const toMs = ends.length > 0 ? Math.max(...ends) : nowMs;
  const fromMs = Math.floor((toMs - windowMs) / HOUR_MS) * HOUR_MS;
  const range = { fromMs, toMs, windowMs };
  const series = [...entry.series.values()].map((one) => describeBudget(entry, one, range));
  const { compare } = rankSeries(entry);
  series.sort((a, b) =>
    (b.consumed ?? -1) - (a.consumed ?? -1) || b.badMs - a.badMs || compare(a.seriesId, b.seriesId)
  );
  const { seriesId: _, labels: __, ...worst } = series[0] ?? NOTHING;
  const past = progress?.backfill;
  return {
    slaId: sla.id,
    name: sla.name,
    target: sla.target,
    window: sla.budgetWindow,
    fromMs,
    toMs,
    judgedFromMs: past === undefined ? null : Math.max(fromMs, past.done ? past.fromMs : past.toMs),
    backfill: reachOf(entry, toMs - windowMs),
    backfillDoneMs: past === undefined ? 0 : past.nextMs - past.fromMs,
    backfillTotalMs: past === undefined ? 0 : past.toMs - past.fromMs,
    ...worst,
    series,
  };
}

/** Whether the window that begins at `fromMs` is known; without a target nobody reads what was before the SLA. */
function reachOf({ sla, progress }: SlaEntry, fromMs: number): BudgetBackfill {
  if (progress === null || !progress.backfill.done) return "pending";
  // To the hour: the first look and the window do not begin at the same step.
  if (progress.backfill.fromMs <= fromMs + HOUR_MS) return "done";
  return sla.target === null ? "none" : "pending";
}

const NO_RATES = Object.fromEntries(
  BURN_WINDOWS.map((window) => [window, null]),
) as SeriesBudget["burnRates"];

const NO_SHARES = Object.fromEntries(
  BURN_WINDOWS.map((window) => [window, 0]),
) as SeriesBudget["judgedShares"];

const NOTHING: SeriesBudget = {
  seriesId: "",
  labels: {},
  goodMs: 0,
  badMs: 0,
  missingMs: 0,
  compliance: null,
  budgetMs: null,
  consumed: null,
  remaining: null,
  burnRates: NO_RATES,
  judgedShares: NO_SHARES,
  exhaustedInMs: null,
  reason: "nothing has been judged yet",
};

function describeBudget(
  { sla }: SlaEntry,
  { progress, totals }: SeriesEntry,
  { fromMs, toMs, windowMs }: { readonly fromMs: number; readonly toMs: number; readonly windowMs: number },
): SeriesBudget {
  const { seriesId, labels, account } = progress;
  const sums = totals.sum(fromMs, toMs);
  const target = sla.target ?? WITHOUT_TARGET;
  const { compliance, budget, consumed } = budgetOf(sums, { target, noData: sla.noData, windowMs });
  const inputs = { account, totals, target, noData: sla.noData };
  const figures = { seriesId, labels, ...sums, compliance, judgedShares: judgedShares(inputs) };
  const reason = compliance === null ? "nothing has been judged yet" : "no target is given";
  if (sla.target === null) return { ...NOTHING, ...figures, reason };
  const budgetMs = budget * windowMs;
  const remaining = consumed === null ? null : 1 - consumed;
  const spentPerMs = (spentRates(inputs)["6h"] ?? 0) * budget;
  return {
    ...figures,
    budgetMs,
    consumed,
    remaining,
    burnRates: burnRates(inputs),
    exhaustedInMs: remaining === null
      ? null
      : remaining <= 0
      ? 0
      : spentPerMs > 0
      ? remaining * budgetMs / spentPerMs
      : null,
    ...(compliance === null ? { reason } : {}),
  };
}

/** Any target will do to learn the compliance, which does not depend on it. */
const WITHOUT_TARGET = 0.5;
