import type { Sla } from "../../shared/domain/sla/sla.ts";
import type { Account, Backfill } from "../../shared/domain/sla/sla_progress.ts";
import { readDuration } from "../../shared/domain/units/duration_text.ts";

/** Nothing to account from before `liveFromMs`, where the accounting as it happens begins. */
export function emptyBackfill(liveFromMs: number): Backfill {
  return { fromMs: liveFromMs, toMs: liveFromMs, nextMs: liveFromMs, accounts: {}, done: true };
}

/**
 * The past that is still to be accounted: with a target, as far back as its window. It is accounted once; a target or
 * a longer window that come later add what is older still.
 *
 * It ends where the accounting of the last label set begins: one without a sample when it was looked at first is
 * accounted from its first one on, and what was missing before is part of the past.
 */
export function wantedBackfill(
  sla: Sla,
  { toMs, accounts }: { readonly toMs: number; readonly accounts: readonly Account[] },
  backfill: Backfill,
): Backfill {
  if (sla.target === null || !backfill.done) return backfill;
  const stepMs = readDuration(sla.step);
  const fromMs = Math.ceil((toMs - readDuration(sla.budgetWindow)) / stepMs) * stepMs;
  if (fromMs >= backfill.fromMs) return backfill;
  return { fromMs, toMs: endOfPast(backfill.fromMs, accounts), nextMs: fromMs, accounts: {}, done: false };
}

/** Where the past of these accounts ends, the last of them to begin. */
export function endOfPast(leastMs: number, accounts: readonly Account[]): number {
  return Math.max(leastMs, ...accounts.map(({ fromMs }) => fromMs ?? leastMs));
}
