import { type Labels, seriesId } from "../../shared/domain/labels.ts";
import type { RangeReading, SampledSeries } from "../../shared/ports/metrics_source.ts";
import { HourTotals } from "../budget/hour_totals.ts";
import { bucketHours, type SeriesEntry, type SlaEntry } from "../held/sla_entry.ts";
import { newSeriesProgress } from "../judging/advance.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import type { SlaSettings } from "../settings.ts";
import type { EvaluationRange } from "./evaluation_range.ts";

/** Series of a reading by id, but those that are new and whose first sample has not settled. */
export function sampledSeries(
  entry: SlaEntry,
  reading: Pick<RangeReading, "series">,
  { settledToMs }: EvaluationRange,
): ReadonlyMap<string, SampledSeries> {
  const sampled = new Map<string, SampledSeries>();
  for (const series of reading.series) {
    const id = seriesId(series.labels);
    if (entry.series.has(id) || firstSampleMs(series) < settledToMs) sampled.set(id, series);
  }
  return sampled;
}

/**
 * Label sets that are gone for good: without samples for long, or never with any of this expression. The last one
 * stays while there is no other, and stands for what is missing. Those that count no more make room for new ones
 * before that.
 */
export function findForgotten(
  entry: SlaEntry,
  context: {
    readonly sampled: ReadonlyMap<string, SampledSeries>;
    readonly range: EvaluationRange;
    readonly settings: SlaSettings;
    /** Those that count no more. */
    readonly retired: ReadonlySet<string>;
  },
): ReadonlySet<string> {
  const { sampled, range, settings, retired } = context;
  const silent = [...entry.series].filter(([id, { progress: { lastAtMs } }]) =>
    !sampled.has(id) && (lastAtMs === null || range.toMs - lastAtMs > settings.forgetAfterMs)
  ).map(([id]) => id);
  const isLast = sampled.size === 0 && silent.length === entry.series.size;
  const forgotten = new Set(isLast ? silent.slice(1) : silent);
  const wanted = [...sampled.keys()].filter((id) => !entry.series.has(id)).length;
  const lacking = entry.series.size - forgotten.size + wanted - settings.seriesMax;
  if (lacking <= 0) return forgotten;
  const lastAtMs = (id: string): number => entry.series.get(id)!.progress.lastAtMs!;
  const spare = [...retired].filter((id) => !sampled.has(id)).sort((a, b) => lastAtMs(a) - lastAtMs(b));
  return new Set([...forgotten, ...spare.slice(0, lacking)]);
}

/** Finds label sets that are new, up to the limit; without any at all, a place holder stands for what is missing. */
export function meetSeries(
  entry: SlaEntry,
  context: {
    readonly sampled: ReadonlyMap<string, SampledSeries>;
    readonly forgotten: ReadonlySet<string>;
    readonly range: EvaluationRange;
    readonly settings: SlaSettings;
  },
): { readonly added: Map<string, SeriesEntry>; readonly leftOut: number } {
  const { sampled, forgotten, range, settings } = context;
  const added = new Map<string, SeriesEntry>();
  const room = settings.seriesMax - (entry.series.size - forgotten.size);
  const unknown = [...sampled].filter(([id]) => !entry.series.has(id)).sort(([a], [b]) => a < b ? -1 : 1);
  // Samples from before were not looked at: it is the first time, or there was no room.
  const isCut = entry.progress === null || (entry.view?.leftOut ?? 0) > 0;
  for (const [id, series] of unknown.slice(0, Math.max(0, room))) {
    const fromMs = firstSampleMs(series);
    const one = newEntry(entry, series.labels, fromMs);
    const sinceAtLeast = isCut && fromMs <= range.fromMs;
    added.set(id, { ...one, progress: { ...one.progress, sinceAtLeast } });
  }
  if (entry.series.size + added.size === 0) {
    const { stepMs } = judgeRules(entry.sla, settings);
    const nobody = newEntry(entry, {}, range.settledToMs - stepMs);
    const { progress } = nobody;
    // That there is nothing is no event of a time in which nobody asked.
    const changedAtMs = Math.max(progress.changedAtMs, entry.sla.createdAtMs);
    added.set(NOBODY, { ...nobody, progress: { ...progress, changedAtMs } });
  }
  return { added, leftOut: unknown.length - Math.min(unknown.length, Math.max(0, room)) };
}

/** The label set without labels stands for an expression that yields nothing. */
const NOBODY = seriesId({});

function newEntry(entry: SlaEntry, labels: Labels, fromMs: number): SeriesEntry {
  return {
    progress: newSeriesProgress(seriesId(labels), labels, fromMs),
    totals: new HourTotals(bucketHours(entry.sla)),
    recent: null,
    model: null,
    prediction: null,
    chooseAgainMs: 0,
    unpredictable: null,
    tooFew: null,
  };
}

/** When the first sample of a reading is, `Infinity` when there is none. */
export function firstSampleMs({ startMs, stepMs, values }: SampledSeries): number {
  const index = values.findIndex((value) => !Number.isNaN(value));
  return index < 0 ? Infinity : startMs + index * stepMs;
}
