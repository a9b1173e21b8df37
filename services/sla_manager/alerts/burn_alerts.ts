import { formatDuration, readDuration } from "../../shared/domain/units/duration_text.ts";
import { type BudgetInputs, type BurnRates, judgedShares, spentRates } from "../budget/budget_figures.ts";

/** One rule of the multi-window alert: both windows must burn faster than the factor. */
export interface BurnRule {
  /** Part of the alert's identity. */
  readonly name: string;
  readonly factor: number;
  readonly long: keyof BurnRates;
  readonly short: keyof BurnRates;
  readonly severity: "page" | "ticket";
}

/**
 * The rules of the SRE workbook, chapter 5, table 5-8: 2 % of a 30-day budget within an hour, 5 % within six, 10 %
 * within three days. The short window ends an alert soon after the burning does.
 */
export const BURN_RULES: readonly BurnRule[] = [
  { name: "14.4x-1h", factor: 14.4, long: "1h", short: "5m", severity: "page" },
  { name: "6x-6h", factor: 6, long: "6h", short: "30m", severity: "page" },
  { name: "1x-3d", factor: 1, long: "3d", short: "6h", severity: "ticket" },
];

/** True when the rule holds; a window in which nothing was judged says neither yes nor no, so it does not. */
export function burns(rule: BurnRule, rates: BurnRates): boolean {
  const [long, short] = [rates[rule.long], rates[rule.short]];
  return long !== null && short !== null && exceeds(long, rule.factor) && exceeds(short, rule.factor);
}

/** Equality counts; a share of steps over 1 − target is seldom exact in binary. */
function exceeds(rate: number, factor: number): boolean {
  return rate >= factor * (1 - 1e-9);
}

/** Why a rule holds: what was truly spent of its long window, and how much of that was judged where it is not all. */
export function burning({ factor, long, short }: BurnRule, budget: BudgetInputs): string {
  const speed = factor === 1 ? "as fast as" : `${factor} times as fast as`;
  const windowMs = readDuration(long);
  const allowedMs = windowMs * (1 - budget.target);
  const [spentMs, judgedMs] = [spentRates(budget)[long]! * allowedMs, judgedShares(budget)[long] * windowMs];
  const judged = windowMs - judgedMs < 1_000 ? "" : `; only ${describe(judgedMs)} of it were judged`;
  return `the error budget burns at least ${speed} the target allows over ${long} and ${short}: ` +
    `${describe(spentMs)} of the last ${long} were bad, ${describe(allowedMs)} are allowed${judged}`;
}

function describe(spanMs: number): string {
  return formatDuration(spanMs < 1_000 ? Math.round(spanMs) : 1_000 * Math.round(spanMs / 1_000));
}
