import type { Sla } from "../../shared/domain/sla/sla.ts";
import type { Backfill } from "../../shared/domain/sla/sla_progress.ts";
import { readDuration } from "../../shared/domain/units/duration.ts";

/** Nothing to account from before `liveFromMs`, where the accounting as it happens begins. */
export function emptyBackfill(liveFromMs: number): Backfill {
  return { fromMs: liveFromMs, toMs: liveFromMs, nextMs: liveFromMs, accounts: {}, done: true };
}

/**
 * The past that is still to be accounted: with a target, as far back as its window. It is accounted once; a target or a
 * longer window that come later add what is older still.
 */
export function wantedBackfill(
  sla: Sla,
  range: { readonly toMs: number },
  backfill: Backfill,
): Backfill {
  if (sla.target === null || !backfill.done) return backfill;
  const stepMs = readDuration(sla.step);
  const fromMs = Math.ceil((range.toMs - readDuration(sla.budgetWindow)) / stepMs) * stepMs;
  if (fromMs >= backfill.fromMs) return backfill;
  return { fromMs, toMs: backfill.fromMs, nextMs: fromMs, accounts: {}, done: false };
}
