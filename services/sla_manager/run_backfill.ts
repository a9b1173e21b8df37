import type { Sla } from "../shared/domain/sla/sla.ts";
import type { Backfill } from "../shared/domain/sla/sla_progress.ts";
import type { Clock } from "../shared/ports/clock.ts";
import type { Evaluator } from "./evaluation/evaluator.ts";

/** What the loop needs. */
export interface BackfillWork {
  readonly evaluator: Evaluator;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProblem: (
    problem: { readonly what: string; readonly slaId?: string; readonly error: unknown },
  ) => void;
  /** Hears every few seconds how far the past of an SLA is read in, and when it is. */
  readonly onProgress: (sla: Sla, backfill: Backfill) => void;
}

const IDLE_MS = 2_000;
const RETRY_MS = 60_000;
const PROGRESS_INTERVAL_MS = 5_000;

/**
 * Accounts the past of SLAs with a target, one portion after another, a turn for each SLA, so that a large one does
 * not keep the others waiting. One that fails is left alone for a minute.
 */
export async function runBackfill(work: BackfillWork): Promise<void> {
  const { evaluator, clock, signal, onProblem, onProgress } = work;
  let toldAtMs = clock.nowMs();
  const waitUntilMs = new Map<string, number>();
  while (!signal.aborted) {
    let worked = false;
    for (const { sla: { id }, progress } of evaluator.own()) {
      if (signal.aborted) return;
      if (progress === null || progress.backfill.done || clock.nowMs() < (waitUntilMs.get(id) ?? 0)) continue;
      try {
        worked = await evaluator.backfill(id) || worked;
        waitUntilMs.delete(id);
        const entry = evaluator.slas.find(id);
        const backfill = entry?.progress?.backfill;
        if (backfill?.done || clock.nowMs() - toldAtMs >= PROGRESS_INTERVAL_MS) {
          if (backfill !== undefined) onProgress(entry!.sla, backfill);
          toldAtMs = clock.nowMs();
        }
      } catch (error) {
        waitUntilMs.set(id, clock.nowMs() + RETRY_MS);
        onProblem({ what: "account the past of an SLA", slaId: id, error });
      }
    }
    if (!worked) await clock.sleep(IDLE_MS, signal);
  }
}
