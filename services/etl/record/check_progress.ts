import type { Clock } from "../../shared/ports/clock.ts";
import type { CycleLog } from "./cycle_log.ts";

/** A cycle that takes so long, and five intervals, hangs. */
const CYCLE_DEADLINE_MS = 5 * 60_000;

/** How long a cycle may take before it is given up. */
export function cycleDeadlineMs(intervalMs: number): number {
  return Math.max(CYCLE_DEADLINE_MS, 5 * intervalMs);
}

/** Health: rejects when the last cycle failed, or none has come to an end for long. */
export function checkProgress(cycles: CycleLog, clock: Clock, intervalMs: number): Promise<void> {
  const [newest, ...older] = cycles.list();
  const last = newest?.state === "running" ? older[0] : newest;
  // What is published came from the source and was taken by the bus: a long cycle need not end to show that they are
  // back.
  const isBack = newest?.state === "running" && Object.values(newest.published).some((count) => count > 0);
  if (last?.state === "failed" && !isBack) {
    return Promise.reject(new Error(`The last cycle failed: ${last.reason}`));
  }
  const allowedMs = cycleDeadlineMs(intervalMs) + intervalMs;
  if (newest !== undefined && clock.nowMs() - (newest.endedAtMs ?? newest.startedAtMs) > allowedMs) {
    return Promise.reject(new Error("No cycle has ended for long"));
  }
  return Promise.resolve();
}
