import type { NoDataPolicy } from "../../shared/domain/sla/sla.ts";
import { spentTime } from "./budget_figures.ts";
import { HOUR_MS, type HourTotals } from "./hour_totals.ts";

/** What is left at some moment, as a share of the budget. */
export interface ProjectedPoint {
  readonly atMs: number;
  readonly remaining: number;
}

/**
 * Carries the spending on: what is left, from `toMs` on to where nothing is. Old spending counts no more once its
 * hour has left the window, as the budget itself reckons, so a rate below 1 may go on for ever.
 *
 * O(hours of the window).
 *
 * @returns What is left now, whenever an hour has left, and at the end 0; `null` where something still is one window
 * later, as by then nothing is left to leave but what this very rate has spent, and where nothing is spent any more.
 */
export function projectBudget(
  totals: HourTotals,
  about: {
    /** Start of the first hour of the window. */
    readonly fromMs: number;
    readonly toMs: number;
    readonly windowMs: number;
    readonly noData: NoDataPolicy;
    readonly budgetMs: number;
    /** Share of the budget that is left at `toMs`. */
    readonly remaining: number;
    /** How many times faster than the target allows it goes on being spent. */
    readonly burnRate: number;
  },
): ProjectedPoint[] | null {
  const { fromMs, toMs, windowMs, noData, budgetMs, remaining, burnRate } = about;
  const points: ProjectedPoint[] = [{ atMs: toMs, remaining }];
  if (remaining <= 0) return points;
  if (burnRate === 0) return null;
  // Shares of the budget throughout: at 1× a window spends it whole.
  const spentPerMs = burnRate / windowMs;
  let [atMs, left] = [toMs, remaining];
  for (const [k, hour] of totals.split(fromMs, toMs, HOUR_MS).entries()) {
    const leavesMs = Math.min(fromMs + (k + 1) * HOUR_MS, toMs) + windowMs;
    const leftThen = left - spentPerMs * (leavesMs - atMs);
    if (leftThen <= 0) return [...points, { atMs: atMs + left / spentPerMs, remaining: 0 }];
    [atMs, left] = [leavesMs, leftThen + spentTime(hour, noData) / budgetMs];
    points.push({ atMs, remaining: left });
  }
  return null;
}
