import { formatShare } from "../../../shared/domain/units/quantity.ts";
import type { Unit } from "../../../shared/domain/units/unit.ts";
import { formatSpread } from "./quantity.ts";

/** A share this much below the promised one is no accident of a short backtest. */
const CLEARLY_BELOW = 0.05;

/** What intervals held in the backtest where that is clearly less than they promise; else nothing. */
export function heldLess(coverage: number | null | undefined, confidence: number): string | undefined {
  if (coverage === null || coverage === undefined || coverage >= confidence - CLEARLY_BELOW) return undefined;
  return `held ${formatShare(coverage, 0)} in the backtest`;
}

/** What the intervals of an SLA's forecast promise. */
export const CONFIDENCE = 0.95;

/** What a chart's legend says of a band, and whether it held clearly less than it promises. */
export function describeBand(
  coverage: number | null | undefined,
  confidence: number,
): { readonly label: string; readonly isUnsure: boolean } {
  const held = heldLess(coverage, confidence);
  const label = `${formatShare(confidence, 0)} interval`;
  return held === undefined
    ? { label, isUnsure: false }
    : { label: `${label}, ${held}: trust it less`, isUnsure: true };
}

/** Fewer values than these are too few to speak against a backtest. */
const GRADED_FEW = 60;

/** Values of fewer forecasts than these are of one moment, and tell neither for nor against a backtest. */
const FORECASTS_LEAST = 5;

/** Fewer forecasts than these overlap so much that they are to be weighed, however many values they have. */
const FORECASTS_FEW = 100;

/** Errors that differ by less are the same, for short of the same time. */
const TIMES_APART = 1.5;

/** How good forecasts were; `null` where that can't be said. */
interface Quality {
  readonly mae: number | null;
  readonly coverage: number | null;
}

/** Where the backtest and what came since say clearly different things: what the former said, and which to go by. */
export function tellApart(
  backtest: Quality,
  served: Quality & { readonly graded: number; readonly forecasts: number },
  unit?: Unit,
): string | undefined {
  // Not by MASE, which the two scale by other changes where there is a season.
  const ratio = (served.mae ?? 0) / (backtest.mae ?? 0);
  const isErrorApart = ratio > 0 && ratio < Infinity && (ratio > TIMES_APART || ratio < 1 / TIMES_APART);
  const isShareApart = served.coverage !== null && backtest.coverage !== null &&
    Math.abs(served.coverage - backtest.coverage) > CLEARLY_BELOW;
  if (!isErrorApart && !isShareApart) return undefined;
  const few = tellFew(served);
  if (few !== undefined) return few;
  const said = [
    ...(isErrorApart ? [`an error of ${formatSpread(backtest.mae, unit, "long")}`] : []),
    ...(isShareApart ? [`${formatShare(backtest.coverage, 0)} within the interval`] : []),
  ].join(" and ");
  return `The backtest had ${said}: ${whichToTrust(served)}.`;
}

/** Of so little that neither can be held against the other. */
function tellFew(
  { graded, forecasts }: { readonly graded: number; readonly forecasts: number },
): string | undefined {
  if (graded >= GRADED_FEW && forecasts >= FORECASTS_LEAST) return undefined;
  const values = graded === 1 ? "One value" : `${graded} values`;
  const from = forecasts === 1 ? "one forecast" : `${forecasts} forecasts`;
  return `${values} of ${from} ${graded === 1 ? "is" : "are"} too few to judge by.`;
}

function whichToTrust({ forecasts }: { readonly forecasts: number }): string {
  if (forecasts >= FORECASTS_FEW) return "go by these figures, which are newer";
  return `these figures are newer, but of ${
    forecasts === 1 ? "one forecast" : `${forecasts} forecasts`
  } only`;
}
