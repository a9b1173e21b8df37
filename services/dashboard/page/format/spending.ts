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
