import { formatShare } from "../../../shared/domain/quantity.ts";

/** A share this much below the promised one is no accident of a short backtest. */
const CLEARLY_BELOW = 0.05;

/** What intervals held in the backtest where that is clearly less than they promise; else nothing. */
export function heldLess(coverage: number | null | undefined, confidence: number): string | undefined {
  if (coverage === null || coverage === undefined || coverage >= confidence - CLEARLY_BELOW) return undefined;
  return `held ${formatShare(coverage, 0)} in the backtest`;
}
