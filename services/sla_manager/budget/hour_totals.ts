import type { StepVerdict } from "../../shared/domain/sla/sla_progress.ts";
import type { HourBucket } from "../../shared/ports/sla_progress_store.ts";
import type { VerdictSink } from "../judging/account_step.ts";

/** Length of a stored bucket. */
export const HOUR_MS = 3_600_000;

/** Time by verdict, ms. */
export interface VerdictTotals {
  readonly goodMs: number;
  readonly badMs: number;
  readonly missingMs: number;
}

/**
 * Time by verdict in hourly buckets, the newest `hours` of them: three numbers an hour, so that a month of a thousand
 * series fits in some 20 MB.
 *
 * A step belongs to the hour in which it starts.
 */
export class HourTotals implements VerdictSink {
  readonly #hours: number;
  /** Slot `hour % hours`: good, bad, missing. */
  readonly #totals: Float64Array;
  /** Which hour a slot holds, in hours since the epoch; −1 is none. */
  readonly #slotHour: Int32Array;

  constructor(hours: number) {
    this.#hours = hours;
    this.#totals = new Float64Array(3 * hours);
    this.#slotHour = new Int32Array(hours).fill(-1);
  }

  /** Adds a step. One older than the window is of no interest any more and is left out. */
  add(atMs: number, durationMs: number, verdict: StepVerdict): void {
    const slot = this.#slot(atMs);
    if (slot < 0) return;
    this.#totals[3 * slot + (verdict === "good" ? 0 : verdict === "bad" ? 1 : 2)] += durationMs;
  }

  /** Adds what was stored, or collected. */
  addBuckets(buckets: Iterable<HourBucket>): void {
    for (const bucket of buckets) {
      const slot = this.#slot(bucket.hourMs);
      if (slot < 0) continue;
      this.#totals[3 * slot] += bucket.goodMs;
      this.#totals[3 * slot + 1] += bucket.badMs;
      this.#totals[3 * slot + 2] += bucket.missingMs;
    }
  }

  /** Sums the hours that start in `[fromMs, toMs)`. O(hours). */
  sum(fromMs: number, toMs: number): VerdictTotals {
    return this.split(fromMs, toMs, Math.max(HOUR_MS, toMs - fromMs))[0];
  }

  /** The same by steps of whole hours, the last one as long as is left; at least one. O(hours). */
  split(fromMs: number, toMs: number, stepMs: number): VerdictTotals[] {
    const sums = Array.from(
      { length: Math.max(1, Math.ceil((toMs - fromMs) / stepMs)) },
      () => ({ goodMs: 0, badMs: 0, missingMs: 0 }),
    );
    for (let slot = 0; slot < this.#hours; slot++) {
      const hourMs = this.#slotHour[slot] * HOUR_MS;
      if (hourMs < fromMs || hourMs >= toMs || this.#slotHour[slot] < 0) continue;
      const sum = sums[Math.floor((hourMs - fromMs) / stepMs)];
      sum.goodMs += this.#totals[3 * slot];
      sum.badMs += this.#totals[3 * slot + 1];
      sum.missingMs += this.#totals[3 * slot + 2];
    }
    return sums;
  }

  #slot(atMs: number): number {
    const hour = Math.floor(atMs / HOUR_MS);
    const slot = hour % this.#hours;
    const held = this.#slotHour[slot];
    if (held === hour) return slot;
    if (held > hour) return -1;
    this.#slotHour[slot] = hour;
    this.#totals.fill(0, 3 * slot, 3 * slot + 3);
    return slot;
  }
}
