import type { Metrics } from "../../shared/ports/metrics.ts";
import type { FunctionKind } from "../analysis/analysis_job.ts";

/** What is timed: functions of metadata, functions of values, and the stages of a cycle. */
export type TimedKind = FunctionKind | "stage";

/** How long something took, ms. */
export interface Timing {
  readonly name: string;
  readonly kind: TimedKind;
  readonly count: number;
  readonly last: number;
  readonly mean: number;
  /** Of the last thousand calls. */
  readonly p95: number;
}

/** Collects how long everything takes. */
export interface Timings {
  note(name: string, kind: TimedKind, durationMs: number): void;
  /** Times an asynchronous stage, whether it rejects or not. */
  stage<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  /** Metadata functions first, then value functions, then stages; each by name. */
  list(): readonly Timing[];
}

const RECENT_MAX = 1_000;
const KINDS: readonly TimedKind[] = ["metadata", "value", "stage"];

interface Entry {
  readonly name: string;
  readonly kind: TimedKind;
  count: number;
  sum: number;
  last: number;
  readonly recent: Float64Array;
}

/** Creates a collector that also counts into the metrics. */
export function createTimings(metrics: Metrics): Timings {
  const entries = new Map<string, Entry>();
  const histogram = metrics.histogram({
    name: "etl_function_duration_seconds",
    help: "Time of one call of a library function, or of one stage of a cycle",
    labels: ["function", "kind"],
    buckets: [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
  });

  function note(name: string, kind: TimedKind, durationMs: number): void {
    const key = `${kind} ${name}`;
    let entry = entries.get(key);
    if (entry === undefined) {
      entry = { name, kind, count: 0, sum: 0, last: 0, recent: new Float64Array(RECENT_MAX) };
      entries.set(key, entry);
    }
    entry.recent[entry.count % RECENT_MAX] = durationMs;
    entry.count++;
    entry.sum += durationMs;
    entry.last = durationMs;
    histogram.observe(durationMs / 1_000, { function: name, kind });
  }

  return {
    note,
    async stage(name, work) {
      const startMs = performance.now();
      try {
        return await work();
      } finally {
        note(name, "stage", performance.now() - startMs);
      }
    },
    list: () => [...entries.values()].map(toTiming).sort(byKindAndName),
  };
}

function toTiming({ name, kind, count, sum, last, recent }: Entry): Timing {
  const sorted = recent.slice(0, Math.min(count, RECENT_MAX)).sort();
  const p95 = sorted[Math.min(sorted.length - 1, Math.ceil(0.95 * sorted.length) - 1)];
  return { name, kind, count, last, mean: sum / count, p95 };
}

function byKindAndName(a: Timing, b: Timing): number {
  return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.name < b.name ? -1 : 1);
}
