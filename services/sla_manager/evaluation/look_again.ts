import type { SeriesProgress } from "../../shared/domain/sla/sla_progress.ts";
import { HourDeltas } from "../budget/hour_deltas.ts";
import { emptyAccount } from "../judging/account_step.ts";
import { advance, type AdvanceOptions, type GridSamples, type StateChange } from "../judging/advance.ts";

/** Where the look at a label set begins that another definition calls for. */
export interface NewLook {
  readonly fromMs: number;
  /** Whether the state that is found there may have begun before. */
  readonly sinceAtLeast: boolean;
}

/**
 * Takes a label set on under an edited definition. Its account goes on from where it stands; its state, and since
 * when, is what the samples say by the definition as it is now, as of a label set that is looked at for the first
 * time.
 */
export function lookAgain(
  progress: SeriesProgress,
  samples: GridSamples,
  { look, ...options }: AdvanceOptions & { readonly look: NewLook },
): { readonly progress: SeriesProgress; readonly changes: readonly StateChange[] } {
  const { account } = advance(progress, samples, options).progress;
  const unseen: SeriesProgress = {
    ...progress,
    account: emptyAccount(look.fromMs),
    state: null,
    sinceMs: look.fromMs,
    sinceAtLeast: look.sinceAtLeast,
    changedAtMs: look.fromMs,
    hidden: null,
    // What is predicted now says nothing of the past.
    risk: { probability: null, active: false, untilMs: look.fromMs },
    clearSinceMs: null,
  };
  const found = advance(unseen, samples, { ...options, totals: new HourDeltas() });
  return { progress: { ...found.progress, account, risk: progress.risk }, changes: found.changes };
}

/**
 * What was found under an edited definition, told as one change from the state that was told before, if it is
 * another.
 */
export function tellEdit(
  before: SeriesProgress,
  progress: SeriesProgress,
  changes: readonly StateChange[],
): { readonly progress: SeriesProgress; readonly changes: readonly StateChange[] } {
  const last = changes.at(-1);
  if (last === undefined || last.to !== before.state) {
    return { progress, changes: last === undefined ? [] : [{ ...last, from: before.state }] };
  }
  // Found again by its prediction alone, whose past nobody knows.
  const sinceAtLeast = progress.sinceAtLeast || changes.length > 1;
  return { progress: { ...progress, sinceAtLeast, changedAtMs: before.changedAtMs }, changes: [] };
}

/**
 * What an edit led to is told as of the edit, or of what was told after it if that is later: until then the SLA was
 * what the definition before made of it.
 */
export function tellAfter(
  toldAtMs: number,
  { progress, changes }: { readonly progress: SeriesProgress; readonly changes: readonly StateChange[] },
): { readonly progress: SeriesProgress; readonly changes: readonly StateChange[] } {
  return {
    progress: { ...progress, changedAtMs: Math.max(progress.changedAtMs, toldAtMs) },
    // The value is of the sample it was judged by, which is another moment.
    changes: changes.map((change) =>
      change.atMs >= toldAtMs ? change : { ...change, atMs: toldAtMs, value: null }
    ),
  };
}
