import { JUDGED_SHARE_MIN } from "../../shared/domain/sla/judged_share_min.ts";
import {
  type BudgetBackfill,
  BURN_WINDOWS,
  type SeriesBudget,
  type SlaBudget,
} from "../../shared/domain/sla/sla_budget.ts";
import type { Backfill, SeriesProgress } from "../../shared/domain/sla/sla_progress.ts";
import { formatDuration, readDuration } from "../../shared/domain/units/duration_text.ts";
import { alertReason } from "../alerts/alerts.ts";
import { budgetOf, burnRates, judgedShares, spentRates } from "../budget/budget_figures.ts";
import { HOUR_MS } from "../budget/hour_totals.ts";
import { projectBudget } from "../budget/project_budget.ts";
import { countedSeries, type SeriesEntry, type SlaEntry } from "../held/sla_entry.ts";
import { rankSeries } from "../held/rank_series.ts";

/** Answers the error budget of an SLA from its stored hours. Asks nobody. O(series · hours). */
export function answerBudget(entry: SlaEntry, nowMs: number): SlaBudget {
  const { sla, progress } = entry;
  const windowMs = readDuration(sla.budgetWindow);
  const counted = countedSeries(entry);
  const ends = counted.map(({ progress: { account } }) => account.toMs);
  const toMs = ends.length > 0 ? Math.max(...ends) : nowMs;
  const fromMs = Math.floor((toMs - windowMs) / HOUR_MS) * HOUR_MS;
  const past = progress?.backfill;
  const backfill = reachOf(entry, toMs - windowMs);
  const counting = backfill !== "pending" || past === undefined ? null : describeCounting(past);
  const range = { fromMs, toMs, windowMs, counting };
  const series = counted.map((one) => describeBudget(entry, one, range));
  const { compare } = rankSeries(entry);
  series.sort((a, b) =>
    (b.consumed ?? -1) - (a.consumed ?? -1) || b.badMs - a.badMs || compare(a.seriesId, b.seriesId)
  );
  const { seriesId: _, labels: __, ...worst } = series[0] ?? NOTHING;
  return {
    slaId: sla.id,
    name: sla.name,
    target: sla.target,
    window: sla.budgetWindow,
    fromMs,
    toMs,
    judgedFromMs: judgedFrom(entry, series[0]?.seriesId, fromMs),
    backfill,
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

/** How far the past is counted: a part of it would be a false headline. */
function describeCounting({ fromMs, nextMs, toMs, done }: Backfill): string {
  // Once done it is pending for what a longer window adds, from the next evaluation on.
  if (done || nextMs === fromMs) return "the past is still to be counted";
  return `the past is being counted: ${formatDuration(nextMs - fromMs)} of ${
    formatDuration(toMs - fromMs)
  } so far`;
}

/**
 * When the first step of a label set was judged in the window that begins at `windowFromMs`, `null` where none was:
 * before its first sample there is nothing to judge.
 */
export function judgedFrom(
  { sla, progress, series }: SlaEntry,
  seriesId: string | undefined,
  windowFromMs: number,
): number | null {
  const held = seriesId === undefined ? undefined : series.get(seriesId);
  if (progress === null || held === undefined) return null;
  const { account } = held.progress;
  const stepMs = readDuration(sla.step);
  return Math.max(Math.ceil(windowFromMs / stepMs) * stepMs, account.fromMs ?? progress.backfill.fromMs);
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
  spentRates: NO_RATES,
  burnAlerts: [],
  judgedShares: NO_SHARES,
  exhaustedInMs: null,
  reason: "nothing has been judged yet",
};

function describeBudget(
  { sla }: SlaEntry,
  { progress, totals }: SeriesEntry,
  { fromMs, toMs, windowMs, counting }: {
    readonly fromMs: number;
    readonly toMs: number;
    readonly windowMs: number;
    /** Why there are no figures yet that grow or shrink with the past; `null` when it is in. */
    readonly counting: string | null;
  },
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
  const rates = {
    burnRates: burnRates(inputs),
    spentRates: spentRates(inputs),
    burnAlerts: activeBurnAlerts(progress),
  };
  if (counting !== null) {
    return { ...NOTHING, ...figures, compliance: null, budgetMs, ...rates, reason: counting };
  }
  if (consumed === null) {
    return { ...NOTHING, ...figures, budgetMs, ...rates, reason };
  }
  const remaining = 1 - consumed;
  // Only what is shown beside it can be carried on; of a window that was hardly judged nothing is.
  const burnRate = figures.judgedShares["6h"] < JUDGED_SHARE_MIN ? null : rates.burnRates["6h"];
  const about = { fromMs, toMs, windowMs, noData: sla.noData, budgetMs, remaining, burnRate: burnRate ?? 0 };
  const end = projectBudget(totals, about)?.at(-1);
  return {
    ...figures,
    budgetMs,
    consumed,
    remaining,
    ...rates,
    ...(end === undefined ? { exhaustedInMs: null, reason: describeLasting(burnRate) } : {
      exhaustedInMs: end.atMs - toMs,
    }),
  };
}

function activeBurnAlerts({ alerts }: SeriesProgress): SeriesBudget["burnAlerts"] {
  return Object.values(alerts).filter(({ kind }) => kind === "burn_rate").map((alert) => ({
    rule: alert.labels.burn_rate,
    sinceMs: alert.startsAtMs,
    reason: alertReason(alert),
  }));
}

/** Why it is not told when a budget is used up. */
function describeLasting(burnRate: number | null): string {
  if (burnRate === null) return "when it is used up is told once half of the last 6 h was judged";
  if (burnRate === 0) return "nothing was spent in the last 6 h";
  return `it is not used up at the rate of the last 6 h (${
    Number(burnRate.toPrecision(2))
  }×), as old spending leaves the window`;
}

/** Any target will do to learn the compliance, which does not depend on it. */
const WITHOUT_TARGET = 0.5;
