import { canonicalLabels, type Labels } from "../../domain/labels.ts";
import type { RangeReading, SampledSeries } from "../../ports/metrics_source.ts";

/** A half-open range of time. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Room beyond the window, so that it slides by copying once in a quarter of its length. */
const ROOM = 1.25;
const ROOM_STEPS = 16;

/** A sliding window of values on one grid for the series of one expression. */
export class SampleWindow {
  readonly stepMs: number;
  #baseMs = 0;
  #capacity = 0;
  #covered: TimeRange | undefined;
  readonly #series = new Map<string, { readonly labels: Labels; values: Float64Array }>();

  constructor(stepMs: number) {
    this.stepMs = stepMs;
  }

  /** What is known whole; `undefined` before the first reading. */
  get covered(): TimeRange | undefined {
    return this.#covered;
  }

  /** Values held, for a bound on memory. */
  get size(): number {
    return this.#capacity * this.#series.size;
  }

  /** Label sets of the series held. */
  *labels(): Iterable<Labels> {
    for (const { labels } of this.#series.values()) yield labels;
  }

  /**
   * Takes a reading of `range`, which touches or overlaps what is covered, and forgets what is older than `keepMs`
   * before the newest and than the range. An incomplete reading adds its values and covers nothing, so that it is
   * read again.
   */
  add(range: TimeRange, reading: RangeReading, keepMs: number): void {
    const covered = this.#covered;
    const toMs = Math.max(range.toMs, covered?.toMs ?? range.toMs);
    const fromMs = Math.min(range.fromMs, Math.max(toMs - keepMs, covered?.fromMs ?? range.fromMs));
    this.#makeRoom({ fromMs, toMs });
    if (!reading.incomplete) {
      for (const { values } of this.#series.values()) {
        values.fill(NaN, this.#index(range.fromMs), this.#index(range.toMs));
      }
      this.#covered = { fromMs, toMs };
    }
    for (const series of reading.series) this.#write(series);
  }

  /** Copies of the values in the range; a series without any is not there. */
  read(range: TimeRange): SampledSeries[] {
    const found: SampledSeries[] = [];
    for (const { labels, values } of this.#series.values()) {
      const copy = new Float64Array((range.toMs - range.fromMs) / this.stepMs).fill(NaN);
      const first = Math.max(0, this.#index(range.fromMs));
      const end = Math.min(this.#capacity, this.#index(range.toMs));
      if (end > first) copy.set(values.subarray(first, end), first - this.#index(range.fromMs));
      if (!copy.every(Number.isNaN)) {
        found.push({ labels, startMs: range.fromMs, stepMs: this.stepMs, values: copy });
      }
    }
    return found;
  }

  #index(timeMs: number): number {
    return (timeMs - this.#baseMs) / this.stepMs;
  }

  #write({ labels, startMs, values }: SampledSeries): void {
    const key = canonicalLabels(labels);
    let entry = this.#series.get(key);
    if (entry === undefined) {
      entry = { labels, values: new Float64Array(this.#capacity).fill(NaN) };
      this.#series.set(key, entry);
    }
    const first = this.#index(startMs);
    for (let k = Math.max(0, -first); k < values.length; k++) {
      if (!Number.isNaN(values[k])) entry.values[first + k] = values[k];
    }
  }

  /** Moves the buffers so that the range fits; series of which nothing is left are forgotten. */
  #makeRoom({ fromMs, toMs }: TimeRange): void {
    const first = this.#index(fromMs);
    if (this.#capacity > 0 && first >= 0 && this.#index(toMs) <= this.#capacity) return;
    const capacity = Math.ceil((toMs - fromMs) / this.stepMs * ROOM) + ROOM_STEPS;
    for (const [key, entry] of this.#series) {
      const moved = new Float64Array(capacity).fill(NaN);
      const kept = entry.values.subarray(Math.max(0, first), Math.min(this.#capacity, first + capacity));
      moved.set(kept, Math.max(0, -first));
      if (moved.every(Number.isNaN)) this.#series.delete(key);
      else entry.values = moved;
    }
    this.#baseMs = fromMs;
    this.#capacity = capacity;
  }
}
