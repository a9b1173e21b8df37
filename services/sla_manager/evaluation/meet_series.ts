import { type Labels, seriesId } from "../../shared/domain/labels.ts";
import type { SampledSeries } from "../../shared/ports/metrics_source.ts";
import { HourTotals } from "../budget/hour_totals.ts";
import { bucketHours, type SeriesEntry, type SlaEntry } from "../held/sla_entry.ts";
import { newSeriesProgress } from "../judging/advance.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import type { SlaSettings } from "../settings.ts";
import type { EvaluationRange } from "./evaluation_range.ts";

/** Finds label sets that are new, up to the limit; without any at all, a place holder stands for what is missing. */
export function meetSeries(
  entry: SlaEntry,
  sampled: ReadonlyMap<string, SampledSeries>,
  context: { readonly range: EvaluationRange; readonly settings: SlaSettings },
): { readonly added: Map<string, SeriesEntry>; readonly leftOut: number } {
  const { range, settings } = context;
  const added = new Map<string, SeriesEntry>();
  let leftOut = 0;
  const unknown = [...sampled].filter(([id]) => !entry.series.has(id)).sort(([a], [b]) => a < b ? -1 : 1);
  for (const [id, series] of unknown) {
    const firstMs = firstSampleMs(series);
    if (firstMs === null || firstMs >= range.settledToMs) continue;
    if (entry.series.size + added.size >= settings.seriesMax) leftOut++;
    else added.set(id, newEntry(entry, series.labels, firstMs));
  }
  if (entry.series.size + added.size === 0) {
    const { stepMs } = judgeRules(entry.sla, settings);
    added.set(NOBODY, newEntry(entry, {}, range.settledToMs - stepMs));
  }
  return { added, leftOut };
}

/** Label sets that are gone for good: without samples for long, or the place holder once there is a real one. */
export function findForgotten(
  entry: SlaEntry,
  context: {
    readonly sampled: ReadonlyMap<string, SampledSeries>;
    readonly added: ReadonlyMap<string, SeriesEntry>;
    readonly range: EvaluationRange;
    readonly settings: SlaSettings;
  },
): ReadonlySet<string> {
  const { sampled, added, range, settings } = context;
  const forgotten = new Set<string>();
  for (const [id, { progress }] of entry.series) {
    const others = entry.series.size - forgotten.size + added.size > 1;
    if (!others || sampled.has(id)) continue;
    const silent = progress.lastAtMs === null || range.toMs - progress.lastAtMs > settings.forgetAfterMs;
    if (silent) forgotten.add(id);
  }
  return forgotten;
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
  };
}

function firstSampleMs({ startMs, stepMs, values }: SampledSeries): number | null {
  const index = values.findIndex((value) => !Number.isNaN(value));
  return index < 0 ? null : startMs + index * stepMs;
}
