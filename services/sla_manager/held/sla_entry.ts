import { type Forecaster, readForecaster } from "@pronoia/analytics";
import type { Labels } from "../../shared/domain/labels.ts";
import type { Sla } from "../../shared/domain/sla/sla.ts";
import type { SeriesPrediction } from "../../shared/domain/sla/sla_prediction.ts";
import type {
  JudgedDefinition,
  SamplesLacking,
  SeriesProgress,
  SlaProgress,
} from "../../shared/domain/sla/sla_progress.ts";
import { readDuration } from "../../shared/domain/units/duration_text.ts";
import type { StoredModel, StoredProgress } from "../../shared/ports/sla_progress_store.ts";
import { HOUR_MS, HourTotals } from "../budget/hour_totals.ts";
import { judgedBefore, judgeKey, yieldsSameSamples } from "../judging/judged_definition.ts";

/** How far back the first look at an SLA goes, or at an edited definition. */
export const FIRST_LOOK_MS = 3_600_000;

/** What is held of one SLA while the service runs. */
export interface SlaEntry {
  readonly sla: Sla;
  /** Grows with every stored evaluation; 0 before the first. */
  version: number;
  /** `null` before the first evaluation, and after the definition changed what it judges. */
  progress: SlaProgress | null;
  readonly series: Map<string, SeriesEntry>;
  /** True when what is stored belongs to an earlier definition and must go with the next evaluation. */
  reset: boolean;
  /** By what it was judged last, where that was another definition; `null` where it is this one, or none was. */
  editedFrom: JudgedDefinition | null;
  /** What readers see: the newest evaluation, stored or not. */
  view: SlaView | null;
}

/** What is held of one label set. */
export interface SeriesEntry {
  progress: SeriesProgress;
  readonly totals: HourTotals;
  /** Samples of the last half hour, from `startMs` on. */
  recent: { readonly startMs: number; readonly values: Float64Array } | null;
  model: SeriesModel | null;
  prediction: SeriesPrediction | null;
  /** No choice of a method is tried before a sample of this time, after one that failed. */
  chooseAgainMs: number;
  /** Why no method could be chosen; stored with the progress, so that every replica says the same. */
  unpredictable: string | null;
  /**
   * Samples that were too few to choose from, counted on with each evaluation; `null` when none were tried or enough.
   * Stored with the progress, too.
   */
  tooFew: SamplesLacking | null;
}

/** A forecaster and where it stands. */
export interface SeriesModel {
  readonly forecaster: Forecaster;
  readonly chosenAtMs: number;
  readonly effort: "quick" | "full";
  /** End of the samples it has seen, epoch ms, exclusive. */
  toMs: number;
}

/** The newest evaluation of an SLA. */
export interface SlaView {
  readonly evaluatedAtMs: number;
  readonly stepMs: number;
  /** Why the source gave no answer, `null` when it did. */
  readonly failure: string | null;
  readonly series: readonly SeriesView[];
  /** Label sets beyond the limit, which are not judged. */
  readonly leftOut: number;
  /** Label sets without samples that count no more, by id; the others are `series`. */
  readonly retired: ReadonlySet<string>;
}

/** One label set in the newest evaluation. */
export interface SeriesView {
  readonly seriesId: string;
  readonly labels: Labels;
  /** Judged up to the newest sample, those that have not settled yet included. */
  readonly progress: SeriesProgress;
  readonly recent: SeriesEntry["recent"];
  readonly prediction: SeriesPrediction | null;
  /** What it was predicted by; one that is chosen since counts from the next evaluation on. */
  readonly model: SeriesModel | null;
  /**
   * Until when it counts without samples, while others have some; `null` where that has no end, or it has samples.
   */
  readonly heldToMs: number | null;
}

/** The label sets that count: all but those that are gone for good. */
export function countedSeries({ series, view }: Pick<SlaEntry, "series" | "view">): SeriesEntry[] {
  return [...series.values()].filter(({ progress }) => !view?.retired.has(progress.seriesId));
}

/** How far back buckets are held: the budget window, and what the longest burn rate needs. */
export function bucketHours(sla: Sla): number {
  return Math.max(Math.ceil(readDuration(sla.budgetWindow) / HOUR_MS), 72) + 2;
}

/** Why nothing is said of an SLA that was just made, edited, or read after a start. */
export function notJudgedYet({ reset }: Pick<SlaEntry, "reset">): string {
  return reset ? "not judged yet since the edit" : "not judged yet";
}

/** Whether nothing is known of an SLA, or of a part of it: for want of an answer, or of a sample. */
export function isBlind({ view }: Pick<SlaEntry, "view">): boolean {
  return view !== null &&
    (view.failure !== null || view.series.some(({ progress }) => progress.state === "unknown"));
}

/** Whether the expression of an SLA yielded no series when it was looked at last. */
export function isAwaited({ view }: Pick<SlaEntry, "view">): boolean {
  return view !== null && view.failure === null &&
    view.series.every(({ progress }) => progress.lastAtMs === null);
}

/** Makes the entry of an SLA from what is stored of it. */
export function openEntry(sla: Sla, stored: StoredProgress | null): SlaEntry {
  const version = stored?.version ?? 0;
  const same = stored !== null && stored.progress.judgeKey === judgeKey(sla);
  const editedFrom = stored === null ? null : judgedBefore(stored.progress, sla);
  const entry: SlaEntry = {
    sla,
    version,
    progress: same ? stored.progress : null,
    series: new Map(),
    reset: stored !== null && !same,
    editedFrom,
    view: null,
  };
  const sameExpression = editedFrom === null || editedFrom.expression === sla.expression;
  for (const progress of stored?.series ?? []) {
    const { seriesId } = progress;
    const totals = new HourTotals(bucketHours(sla));
    if (same) totals.addBuckets(stored!.buckets.filter((bucket) => bucket.seriesId === seriesId));
    const model = same ? stored!.models.find((candidate) => candidate.seriesId === seriesId) : undefined;
    entry.series.set(seriesId, {
      // The state outlives an edit, so that what was firing ends; the accounting does not, nor samples of another
      // expression.
      progress: same ? progress : {
        ...progress,
        account: { ...progress.account, run: null, recent: [] },
        ...(sameExpression ? {} : { lastValue: null, lastAtMs: null }),
      },
      totals,
      recent: null,
      model: model === undefined ? null : openModel(model),
      prediction: null,
      chooseAgainMs: 0,
      unpredictable: same ? progress.unpredictable : null,
      tooFew: same ? progress.tooFew : null,
    });
  }
  return entry;
}

/**
 * Goes on with the forecasters that were held before an edit where they forecast the same samples, so that the new
 * definition is judged with its prediction at once. One that has not seen the newest hour would call for a longer
 * look: another is chosen.
 */
export function keepModels(before: SlaEntry, entry: SlaEntry, nowMs: number): void {
  if (!yieldsSameSamples(before.sla, entry.sla)) return;
  for (const [id, series] of entry.series) {
    const model = before.series.get(id)?.model;
    if (model && model.toMs >= nowMs - FIRST_LOOK_MS) series.model ??= model;
  }
}

/** Brings a stored forecaster back to life. */
export function openModel(stored: StoredModel): SeriesModel | null {
  const { chosenAtMs, effort, json } = stored;
  try {
    return { forecaster: readForecaster(JSON.parse(json)), chosenAtMs, effort, toMs: chosenAtMs };
  } catch {
    // One of another version of the library: it is simply chosen again.
    return null;
  }
}
