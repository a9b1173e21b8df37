import { JUDGED_SHARE_MIN } from "../../../shared/domain/sla/judged_share_min.ts";
import { formatShare } from "../../../shared/domain/units/quantity.ts";

/** From here on a percentage says less than how many times. */
const TIMES_FROM = 10;

/** How much of what is allowed was spent, for "… what is allowed": `140 % of`, `81 times`. */
export function formatSpent(share: number): string {
  return share < TIMES_FROM
    ? `${formatShare(share, 0)} of`
    : `${Math.round(share).toLocaleString("en-US")} times`;
}

/** What is left of a budget, for a table; one that is overspent many times over says how many. */
export function formatLeft(remaining: number | null): string {
  if (remaining === null || remaining > 1 - TIMES_FROM) {
    return formatShare(remaining, (remaining ?? 0) < -1 ? 0 : 1);
  }
  return `spent ${Math.round(1 - remaining).toLocaleString("en-US")}×`;
}

/**
 * How fast a budget burns over a window. Of one of which less than half was judged it is at least what was truly
 * spent, as alerts reckon; a dash where that is nothing yet.
 */
export function formatBurnRate(
  { burnRate, spentRate, judgedShare }: {
    readonly burnRate: number | null;
    readonly spentRate: number | null;
    readonly judgedShare: number;
  },
): string {
  const isKnown = judgedShare >= JUDGED_SHARE_MIN;
  const rate = Number((isKnown ? burnRate : spentRate)?.toFixed(2) ?? NaN);
  if (Number.isNaN(rate) || !isKnown && rate === 0) return "–";
  return `${isKnown ? "" : "≥\u202f"}${rate.toLocaleString("en-US")}×`;
}

/** How to read the chart of a budget: of the lines that are in it. */
export function describeSpendingLines(
  { isEven, isProjected, isOverspent }: {
    readonly isEven: boolean;
    readonly isProjected: boolean;
    readonly isOverspent: boolean;
  },
): string {
  if (!isEven && !isProjected) {
    return isOverspent ? "What was left; below 0 % lies what was spent beyond it." : "What was left.";
  }
  return [
    "Solid: what was left.",
    ...(isEven
      ? [
        "Grey dashes: what would be left if it were spent evenly, which may go on for ever, as old spending leaves the window.",
      ]
      : []),
    ...(isProjected ? ["Orange dashes: where the rate of the last 6 h leads."] : []),
  ].join(" ");
}
