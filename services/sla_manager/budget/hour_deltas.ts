import type { StepVerdict } from "../../shared/domain/sla/sla_progress.ts";
import type { HourBucket } from "../../shared/ports/sla_progress_store.ts";
import type { VerdictSink } from "../judging/account_step.ts";
import { HOUR_MS } from "./hour_totals.ts";

/** Collects what one evaluation adds to the hours of one label set: mostly one hour, at times two. */
export class HourDeltas implements VerdictSink {
  readonly #hours = new Map<number, { goodMs: number; badMs: number; missingMs: number }>();

  add(atMs: number, durationMs: number, verdict: StepVerdict): void {
    const hourMs = Math.floor(atMs / HOUR_MS) * HOUR_MS;
    let totals = this.#hours.get(hourMs);
    if (totals === undefined) this.#hours.set(hourMs, totals = { goodMs: 0, badMs: 0, missingMs: 0 });
    totals[`${verdict}Ms`] += durationMs;
  }

  /** What was collected, oldest hour first. */
  buckets(seriesId: string): HourBucket[] {
    return [...this.#hours].sort(([a], [b]) => a - b).map(([hourMs, totals]) => ({
      seriesId,
      hourMs,
      ...totals,
    }));
  }
}
