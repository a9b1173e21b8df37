import { messageOf } from "../shared/domain/message_of.ts";
import type { Clock } from "../shared/ports/clock.ts";
import type { CycleParts } from "./cycle/cycle_parts.ts";
import { runCycle } from "./cycle/run_cycle.ts";
import { cycleDeadlineMs } from "./record/check_progress.ts";
import type { Cycle, CycleLog, CycleRun } from "./record/cycle_log.ts";

/** What an attempt needs besides the parts of the cycle. */
export interface AttemptOptions {
  readonly clock: Clock;
  readonly cycles: CycleLog;
  /** Cuts the cycle off. */
  readonly stop: AbortSignal;
  /** Called every few seconds while the cycle runs. */
  readonly onProgress?: (cycle: Cycle) => void;
}

const PROGRESS_EVERY_MS = 5_000;

/**
 * Runs one cycle to its end, whatever that is, and records it. One that hangs is given up.
 *
 * @returns Whether it came to an end of its own: false for one that the end of the service cut off, which is no
 * failure for anybody to look into.
 */
export async function attemptCycle(
  parts: CycleParts,
  run: CycleRun,
  { clock, cycles, stop, onProgress }: AttemptOptions,
): Promise<boolean> {
  const { cycle } = run;
  const { intervalMs } = parts.settings;
  const ended = new AbortController();
  const late = new AbortController();
  const deadlineMs = cycleDeadlineMs(intervalMs);
  const timer = clock.sleep(deadlineMs, ended.signal).then(() => {
    if (!ended.signal.aborted) {
      late.abort(new Error(`the cycle did not end within ${deadlineMs / 1_000} s`));
    }
  });
  const told = tellProgress();
  let reason: string | undefined;
  try {
    await runCycle(parts, run, AbortSignal.any([stop, late.signal]));
  } catch (error) {
    reason = stop.aborted ? "The service stopped" : messageOf(error);
  } finally {
    ended.abort();
    await Promise.all([timer, told]);
  }
  const endedAtMs = clock.nowMs();
  cycles.end(cycle, { endedAtMs, reason, overran: endedAtMs - cycle.startedAtMs > intervalMs });
  return !(stop.aborted && reason !== undefined);

  /** The first cycle of many series takes a while. */
  async function tellProgress(): Promise<void> {
    while (!ended.signal.aborted) {
      await clock.sleep(PROGRESS_EVERY_MS, ended.signal);
      if (!ended.signal.aborted) onProgress?.(cycle);
    }
  }
}
