import { formatShare } from "../../../shared/domain/units/quantity.ts";

/** A share this much below the promised one is no accident of a short backtest. */
const CLEARLY_BELOW = 0.05;

/** What intervals held in the backtest where that is clearly less than they promise; else nothing. */
export function heldLess(coverage: number | null | undefined, confidence: number): string | undefined {
  if (coverage === null || coverage === undefined || coverage >= confidence - CLEARLY_BELOW) return undefined;
  return `held ${formatShare(coverage, 0)} in the backtest`;
}

/** Fewer forecasts than these overlap too much to speak against a backtest. */
const FORECASTS_FEW = 100;

/** Errors that differ by less are the same, for short of the same time. */
const TIMES_APART = 1.5;

/** How good forecasts were; `null` where that can't be said. */
interface Quality {
  readonly mase: number | null;
  readonly coverage: number | null;
}

/** Where the backtest and what came since say clearly different things: what the former said, and which to trust. */
export function tellApart(
  backtest: Quality,
  served: Quality & { readonly forecasts: number },
): string | undefined {
  const ratio = (served.mase ?? 0) / (backtest.mase ?? 0);
  const isErrorApart = ratio > 0 && ratio < Infinity && (ratio > TIMES_APART || ratio < 1 / TIMES_APART);
  const isShareApart = served.coverage !== null && backtest.coverage !== null &&
    Math.abs(served.coverage - backtest.coverage) > CLEARLY_BELOW;
  if (!isErrorApart && !isShareApart) return undefined;
  const said = [
    ...(isErrorApart ? [`a MASE of ${backtest.mase!.toFixed(2)}`] : []),
    ...(isShareApart ? [`${formatShare(backtest.coverage, 1)} within the interval`] : []),
  ].join(" and ");
  const trust = served.forecasts < FORECASTS_FEW
    ? `Trust that more for now: so far ${served.forecasts} served ${
      served.forecasts === 1 ? "forecast has" : "forecasts have"
    } been graded.`
    : "Trust what came since: it is newer, and of the forecasts as they were served.";
  return `The backtest, on the past when the method was chosen, had ${said}. ${trust}`;
}
