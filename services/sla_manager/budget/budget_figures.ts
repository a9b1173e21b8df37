import { type ErrorBudget, errorBudget } from "@pronoia/analytics";
import type { NoDataPolicy } from "../../shared/domain/sla/sla.ts";
import { BURN_WINDOWS } from "../../shared/domain/sla/sla_budget.ts";
import type { Account } from "../../shared/domain/sla/sla_progress.ts";
import { readDuration } from "../../shared/domain/units/duration_text.ts";
import type { HourBucket } from "../../shared/ports/sla_progress_store.ts";
import { RECENT_VERDICTS_MS } from "../judging/account_step.ts";
import { HOUR_MS, type HourTotals, type VerdictTotals } from "./hour_totals.ts";

/** Burn rate by trailing window; `null` where nothing was judged in it. */
export type BurnRates = Record<(typeof BURN_WINDOWS)[number], number | null>;

/** Share of each trailing window that was judged, 0 … 1. */
export type JudgedShares = Record<(typeof BURN_WINDOWS)[number], number>;

/** What the budget of one label set is computed from. */
export interface BudgetInputs {
  readonly account: Account;
  readonly totals: HourTotals;
  readonly target: number;
  readonly noData: NoDataPolicy;
  /** What this evaluation adds to the hours, where it is not among the totals yet. @default [] */
  readonly added?: readonly HourBucket[];
}

/**
 * What the library says of time by verdict, after the policy for no data. By default time without samples is neither
 * good nor bad.
 */
export function budgetOf(
  totals: VerdictTotals,
  promise: { readonly target: number; readonly noData: NoDataPolicy; readonly windowMs?: number },
): ErrorBudget {
  const { target, noData, windowMs } = promise;
  const { badMs, judgedMs } = applyPolicy(totals, noData);
  // Time in ms is a count of samples a millisecond apart.
  const samples = Math.round(judgedMs);
  const violating = Math.min(samples, Math.round(badMs));
  const found = errorBudget({ samples, violating, stepMs: 1 }, { target, windowMs });
  if (found.consumed === null || windowMs === undefined) return found;
  // The same figure as a quotient, which does not fall by rounding while the time that is judged grows.
  return { ...found, consumed: violating / (found.budget * windowMs) };
}

/** Bad and judged time after the policy for no data. */
function applyPolicy(
  totals: VerdictTotals,
  noData: NoDataPolicy,
): { readonly badMs: number; readonly judgedMs: number } {
  const { goodMs, badMs, missingMs } = totals;
  const judgedMs = goodMs + badMs + (noData === "unknown" ? 0 : missingMs);
  return { badMs: spentTime(totals, noData), judgedMs };
}

/** The time that counts against the budget. */
export function spentTime({ badMs, missingMs }: VerdictTotals, noData: NoDataPolicy): number {
  return badMs + (noData === "violated" ? missingMs : 0);
}

/**
 * How many times faster than the target allows the budget is being spent, over each trailing window (Google SRE
 * workbook, chapter 5): the bad share of the window over the allowed share, 1 − target.
 *
 * Windows up to six hours are exact to the step; three days take the hour in which they begin by its share.
 */
export function burnRates(inputs: BudgetInputs): BurnRates {
  return byWindow(inputs, (sums) => budgetOf(sums, inputs).burnRate);
}

/**
 * The same as far as it is certain: what was spent of what the target allows for the whole window, as if all was well
 * while nothing was judged. The bad 10 s of the first 3 min are no rate to extrapolate to 3 days, and nobody is to be
 * woken by it. Equal to {@linkcode burnRates} where the window was judged from end to end.
 */
export function spentRates(inputs: BudgetInputs): BurnRates {
  return byWindow(inputs, (sums, windowMs) => budgetOf(sums, { ...inputs, windowMs }).consumed);
}

/** How much of each window the burn rates speak of. */
export function judgedShares(inputs: BudgetInputs): JudgedShares {
  return byWindow(
    inputs,
    (sums, windowMs) => Math.min(1, applyPolicy(sums, inputs.noData).judgedMs / windowMs),
  );
}

function byWindow<Figure>(
  { account, totals, added = [] }: BudgetInputs,
  figure: (sums: VerdictTotals, windowMs: number) => Figure,
): Record<(typeof BURN_WINDOWS)[number], Figure> {
  const figures: Partial<Record<(typeof BURN_WINDOWS)[number], Figure>> = {};
  for (const window of BURN_WINDOWS) {
    const windowMs = readDuration(window);
    const fromMs = account.toMs - windowMs;
    const inWindow = windowMs <= RECENT_VERDICTS_MS
      ? sumRecent(account, fromMs)
      : sumHours({ totals, added }, fromMs, account.toMs);
    figures[window] = figure(inWindow, windowMs);
  }
  return figures as Record<(typeof BURN_WINDOWS)[number], Figure>;
}

function sumRecent({ recent }: Account, fromMs: number): VerdictTotals {
  const sums = { good: 0, bad: 0, missing: 0 };
  for (const [startMs, endMs, verdict] of recent) {
    if (endMs > fromMs) sums[verdict] += endMs - Math.max(startMs, fromMs);
  }
  return { goodMs: sums.good, badMs: sums.bad, missingMs: sums.missing };
}

function sumHours(
  { totals, added }: { readonly totals: HourTotals; readonly added: readonly HourBucket[] },
  fromMs: number,
  toMs: number,
): VerdictTotals {
  const firstMs = Math.floor(fromMs / HOUR_MS) * HOUR_MS;
  const first = totals.sum(firstMs, firstMs + HOUR_MS);
  const rest = totals.sum(firstMs + HOUR_MS, toMs);
  const share = 1 - (fromMs - firstMs) / HOUR_MS;
  // What was just added is of the newest hours; after a long absence some of it may be older than the window.
  const sums = added.filter(({ hourMs }) => hourMs > firstMs).reduce(addUp, rest);
  return {
    goodMs: sums.goodMs + share * first.goodMs,
    badMs: sums.badMs + share * first.badMs,
    missingMs: sums.missingMs + share * first.missingMs,
  };
}

/** The sum of two stretches. */
export function addUp(a: VerdictTotals, b: VerdictTotals): VerdictTotals {
  return {
    goodMs: a.goodMs + b.goodMs,
    badMs: a.badMs + b.badMs,
    missingMs: a.missingMs + b.missingMs,
  };
}
