import { type Labels, seriesId } from "../../shared/domain/labels.ts";
import type { SlaAlert } from "../../shared/domain/sla_event.ts";
import type { SeriesProgress, SlaProgress } from "../../shared/domain/sla_progress.ts";
import type { RangeReading, SampledSeries } from "../../shared/ports/metrics_source.ts";
import type { EvaluationStep, HourBucket, NewEvent } from "../../shared/ports/sla_progress_store.ts";
import { fail, newSeriesProgress } from "../judging/advance.ts";
import { endAlerts, messageId } from "../alerts/alerts.ts";
import { alertEvent, forgottenEvent, stateEvent } from "../events/describe_event.ts";
import { evaluateSeries } from "./evaluate_series.ts";
import { HourTotals } from "../budget/hour_totals.ts";
import { judgeKey, type JudgeRules, judgeRules } from "../judging/judge_rules.ts";
import { lookbackOf, type SlaSettings } from "../settings.ts";
import { emptyBackfill, wantedBackfill } from "./backfill_range.ts";
import {
  bucketHours,
  type SeriesEntry,
  type SeriesView,
  type SlaEntry,
  type SlaView,
} from "../held/sla_entry.ts";

/** How far back the first look at an SLA goes. */
export const FIRST_LOOK_MS = 3_600_000;

/** An evaluation, to be stored and then taken over by {@linkcode acceptEvaluation}. */
export interface Evaluation {
  readonly entry: SlaEntry;
  readonly step: EvaluationStep;
  readonly view: SlaView;
  /** Label sets met for the first time. */
  readonly added: ReadonlyMap<string, SeriesEntry>;
}

/** The steps an evaluation looks at: `[fromMs, toMs)`, of which those before `settledToMs` are accounted. */
export interface EvaluationRange {
  readonly fromMs: number;
  readonly settledToMs: number;
  readonly toMs: number;
}

/** Which steps an SLA needs at the source's now. */
export function evaluationRange(
  entry: SlaEntry,
  nowMs: number,
  context: { readonly rules: JudgeRules; readonly settings: SlaSettings },
): EvaluationRange {
  const { rules: { stepMs }, settings } = context;
  const settleMs = settings.settleMs ?? stepMs;
  const toMs = Math.floor(nowMs / stepMs) * stepMs + stepMs;
  const settledToMs = Math.floor((nowMs - settleMs) / stepMs) * stepMs + stepMs;
  const firstMs = Math.floor((settledToMs - FIRST_LOOK_MS) / stepMs) * stepMs;
  let fromMs = entry.progress === null ? firstMs : settledToMs;
  for (const { progress, recent, model } of entry.series.values()) {
    if (entry.progress !== null) fromMs = Math.min(fromMs, progress.account.toMs);
    // After a restart, the samples beside the status and those the forecaster has not seen are read once more.
    if (recent === null) fromMs = Math.min(fromMs, firstMs);
    if (model !== null) {
      fromMs = Math.min(fromMs, Math.max(model.toMs, settledToMs - lookbackOf(settings, stepMs)));
    }
  }
  return { fromMs: Math.ceil(fromMs / stepMs) * stepMs, settledToMs, toMs };
}

/** Evaluates an SLA from what the source gave for its range. */
export function evaluateReading(
  entry: SlaEntry,
  reading: RangeReading,
  context: { readonly range: EvaluationRange; readonly nowMs: number; readonly settings: SlaSettings },
): Evaluation {
  const { range, nowMs, settings } = context;
  const { sla } = entry;
  const rules = judgeRules(sla, settings);
  const first = entry.progress === null;
  const sampled = new Map(reading.series.map((series) => [seriesId(series.labels), series]));
  const { added, leftOut } = meetSeries(entry, sampled, { range, settings });
  const forgotten = findForgotten(entry, { sampled, added, range, settings });
  const collected = new Collector(entry, nowMs, settings);

  for (const [id, known] of [...entry.series, ...added]) {
    if (forgotten.has(id)) {
      collected.forget(known.progress);
      continue;
    }
    const current = first && !added.has(id)
      ? { ...known, progress: startAnew(known.progress, range) }
      : known;
    const outcome = evaluateSeries(current, {
      sla,
      rules,
      settings,
      samples: sampled.get(id) ?? { startMs: range.fromMs, values: [] },
      settledToMs: range.settledToMs,
      toMs: range.toMs,
      burnRatesKnown: entry.progress?.backfill.done === true,
    });
    known.recent = current.recent;
    known.prediction = current.prediction;
    collected.take(outcome);
  }
  const liveFromMs = range.fromMs;
  const progress: SlaProgress = {
    judgeKey: judgeKey(sla),
    evaluatedAtMs: nowMs,
    backfill: wantedBackfill(sla, range, entry.progress?.backfill ?? emptyBackfill(liveFromMs)),
  };
  return collected.finish({ progress, added, leftOut, failure: null, stepMs: rules.stepMs });
}

/** Evaluates an SLA whose source failed: unknown, whatever it was. */
export function evaluateFailure(
  entry: SlaEntry,
  failure: string,
  context: { readonly nowMs: number; readonly settings: SlaSettings },
): Evaluation {
  const { nowMs, settings } = context;
  const { stepMs } = judgeRules(entry.sla, settings);
  const collected = new Collector(entry, nowMs, settings);
  const added = new Map<string, SeriesEntry>();
  // Without a first look there is no accounting yet that a failure could be part of.
  if (entry.progress === null) {
    return collected.finish({ progress: null, added, leftOut: 0, failure, stepMs });
  }
  for (const { progress, recent, prediction } of entry.series.values()) {
    const { progress: failed, changes } = fail(progress, nowMs, failure);
    const { seriesId: id, labels } = progress;
    const view = { seriesId: id, labels, progress: failed, recent, prediction };
    collected.take({ progress: failed, changes, alerts: [], buckets: [], view });
  }
  const progress = { ...entry.progress, evaluatedAtMs: nowMs };
  return collected.finish({ progress, added, leftOut: 0, failure, stepMs });
}

/** Makes a stored evaluation the state from which the next one starts. */
export function acceptEvaluation({ entry, step, added }: Evaluation): void {
  entry.version = step.version + 1;
  entry.progress = step.progress;
  entry.reset = false;
  for (const [id, series] of added) entry.series.set(id, series);
  for (const progress of step.series) entry.series.get(progress.seriesId)!.progress = progress;
  for (const id of step.forgotten) entry.series.delete(id);
  for (const bucket of step.buckets) entry.series.get(bucket.seriesId)?.totals.addBuckets([bucket]);
}

/** Collects what the label sets of one SLA add to its evaluation. */
class Collector {
  readonly #entry: SlaEntry;
  readonly #nowMs: number;
  readonly #settings: SlaSettings;
  readonly #series: SeriesProgress[] = [];
  readonly #views: SeriesView[] = [];
  readonly #buckets: HourBucket[] = [];
  readonly #events: NewEvent[] = [];
  readonly #alerts: SlaAlert[] = [];
  readonly #forgotten: string[] = [];

  constructor(entry: SlaEntry, nowMs: number, settings: SlaSettings) {
    this.#entry = entry;
    this.#nowMs = nowMs;
    this.#settings = settings;
  }

  take(outcome: ReturnType<typeof evaluateSeries>): void {
    const { progress, changes, alerts, buckets, view } = outcome;
    const about = { sla: this.#entry.sla, progress, recordedAtMs: this.#nowMs };
    this.#series.push(progress);
    this.#views.push(view);
    this.#buckets.push(...buckets);
    this.#events.push(...changes.map((change) => stateEvent(about, change)));
    this.#events.push(
      ...alerts.filter(({ kind }) => kind === "burn_rate").map((alert) => alertEvent(about, alert)),
    );
    this.#alerts.push(...alerts);
  }

  forget(progress: SeriesProgress): void {
    const about = { sla: this.#entry.sla, progress, recordedAtMs: this.#nowMs };
    this.#forgotten.push(progress.seriesId);
    if (progress.lastAtMs !== null) this.#events.push(forgottenEvent(about));
    this.#alerts.push(...endAlerts(progress, this.#nowMs));
  }

  finish(about: {
    readonly progress: SlaProgress | null;
    readonly added: ReadonlyMap<string, SeriesEntry>;
    readonly leftOut: number;
    readonly failure: string | null;
    readonly stepMs: number;
  }): Evaluation {
    const { progress, added, leftOut, failure, stepMs } = about;
    const { sla, version, reset } = this.#entry;
    const messages = this.#alerts.flatMap((alert) =>
      this.#settings.channels.map((channel) => ({ id: messageId(alert), channel, alert }))
    );
    return {
      entry: this.#entry,
      added,
      step: {
        slaId: sla.id,
        revision: sla.revision,
        version,
        progress: progress ?? NO_PROGRESS,
        reset,
        series: this.#series,
        forgotten: this.#forgotten,
        buckets: this.#buckets,
        events: this.#events,
        messages,
      },
      view: { evaluatedAtMs: this.#nowMs, stepMs, failure, series: this.#views, leftOut },
    };
  }
}

/** Marks an evaluation that has nothing to store: its source failed before the first look. */
export const NO_PROGRESS: SlaProgress = {
  judgeKey: "",
  evaluatedAtMs: 0,
  backfill: emptyBackfill(0),
};

/** Finds label sets that are new, up to the limit; without any at all, a place holder stands for what is missing. */
function meetSeries(
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
  };
}

function firstSampleMs({ startMs, stepMs, values }: SampledSeries): number | null {
  const index = values.findIndex((value) => !Number.isNaN(value));
  return index < 0 ? null : startMs + index * stepMs;
}

/** Label sets that are gone for good: without samples for long, or the place holder once there is a real one. */
function findForgotten(
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

/** The same label set under another definition: its state goes on, its accounting starts with the first look. */
function startAnew(progress: SeriesProgress, range: EvaluationRange): SeriesProgress {
  return {
    ...progress,
    account: { toMs: range.fromMs, run: null, recent: [] },
    failedSinceMs: progress.changedAtMs,
    risk: { probability: null, active: false, untilMs: range.fromMs },
  };
}
