import type { SeriesProgress } from "../../shared/domain/sla/sla_progress.ts";
import type { RangeReading, SampledSeries } from "../../shared/ports/metrics_source.ts";
import { findAbsent } from "../held/absent_series.ts";
import type { SeriesEntry, SlaEntry } from "../held/sla_entry.ts";
import { emptyAccount } from "../judging/account_step.ts";
import { fail } from "../judging/advance.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import { firstTickMs } from "../judging/tick.ts";
import { judgedDefinition, judgeKey } from "../judging/judged_definition.ts";
import type { SlaSettings } from "../settings.ts";
import { emptyBackfill, wantedBackfill } from "./backfill_range.ts";
import { evaluateSeries, type SeriesOutcome } from "./evaluate_series.ts";
import type { Evaluation } from "./evaluation.ts";
import { EvaluationDraft } from "./evaluation_draft.ts";
import type { EvaluationRange } from "./evaluation_range.ts";
import type { NewLook } from "./look_again.ts";
import { findForgotten, firstSampleMs, meetSeries, sampledSeries } from "./meet_series.ts";

/** Evaluates an SLA from what the source gave for its range. */
export function evaluateReading(
  entry: SlaEntry,
  reading: RangeReading,
  context: {
    readonly range: EvaluationRange;
    readonly nowMs: number;
    readonly settings: SlaSettings;
    readonly onProblem: (error: unknown) => void;
  },
): Evaluation {
  const { range, nowMs, settings, onProblem } = context;
  const { sla } = entry;
  const rules = judgeRules(sla, settings);
  const sampled = sampledSeries(entry, reading, range);
  const absence = { rules, retireAfterMs: settings.retireAfterMs };
  const before = findAbsent([...entry.series.values()].map(({ progress }) => progress), absence).retired;
  const forgotten = findForgotten(entry, { sampled, range, settings, retired: before });
  const { added, leftOut } = meetSeries(entry, { sampled, forgotten, range, settings });
  const draft = new EvaluationDraft(entry, nowMs, settings);
  const outcomes: SeriesOutcome[] = [];

  for (const [id, known] of [...entry.series, ...added]) {
    if (forgotten.has(id)) {
      draft.forget(known.progress, { isTold: before.has(id) });
      continue;
    }
    const look = entry.editedFrom === null || added.has(id)
      ? null
      : newLook(known.progress, { sampled: sampled.get(id), range, stepMs: rules.stepMs });
    const current = look !== null && entry.reset
      ? { ...known, progress: startAnew(known.progress, look) }
      : known;
    const outcome = evaluateSeries(current, {
      sla,
      rules,
      settings,
      samples: sampled.get(id) ?? { startMs: range.fromMs, values: [] },
      settledToMs: range.settledToMs,
      toMs: range.toMs,
      nowMs,
      burnRatesKnown: entry.progress?.backfill.done === true,
      look,
      editedAtMs: entry.editedFrom === null ? null : sla.updatedAtMs,
      accountsAnew: entry.reset,
      onProblem,
    });
    known.recent = current.recent;
    known.prediction = current.prediction;
    outcomes.push(outcome);
  }
  /** When a step up to there has settled and is judged. */
  const judgedAtMs = (endMs: number | undefined): number | null =>
    endMs === undefined
      ? null
      : firstTickMs(endMs - rules.stepMs + (settings.settleMs ?? rules.stepMs), settings.intervalMs);
  const { retired, heldToMs } = findAbsent(outcomes.map(({ progress }) => progress), absence);
  for (const outcome of outcomes) {
    const id = outcome.progress.seriesId;
    // An edit begins to count anew, and what was told before it stays told; of what nobody knew there is nothing to
    // tell.
    const isTold = before.has(id) || added.has(id) || entry.editedFrom !== null;
    if (retired.has(id)) draft.retire(outcome, { isTold });
    else draft.take({ ...outcome, view: { ...outcome.view, heldToMs: judgedAtMs(heldToMs.get(id)) } });
  }
  const liveFromMs = range.fromMs;
  const progress = {
    judgeKey: judgeKey(sla),
    judged: judgedDefinition(sla),
    evaluatedAtMs: nowMs,
    backfill: wantedBackfill(
      sla,
      { toMs: range.toMs, accounts: outcomes.map(({ progress }) => progress.account) },
      entry.progress?.backfill ?? emptyBackfill(liveFromMs),
    ),
  };
  return draft.finish({ progress, added, leftOut, failure: null, stepMs: rules.stepMs });
}

/** Evaluates an SLA whose source failed: unknown, whatever it was. */
export function evaluateFailure(
  entry: SlaEntry,
  failure: string,
  context: { readonly nowMs: number; readonly settings: SlaSettings },
): Evaluation {
  const { nowMs, settings } = context;
  const rules = judgeRules(entry.sla, settings);
  const { stepMs } = rules;
  const draft = new EvaluationDraft(entry, nowMs, settings);
  const added = new Map<string, SeriesEntry>();
  // Without a first look there is no accounting yet that a failure could be part of.
  if (entry.progress === null) {
    return draft.finish({ progress: null, added, leftOut: 0, failure, stepMs });
  }
  const { retired } = findAbsent([...entry.series.values()].map(({ progress }) => progress), {
    rules,
    retireAfterMs: settings.retireAfterMs,
  });
  const seenBefore = new Map(entry.view?.series.map(({ seriesId, progress }) => [seriesId, progress]));
  for (const { progress, recent, prediction, model } of entry.series.values()) {
    const { progress: failed, changes } = fail(progress, nowMs, failure);
    const { seriesId: id, labels } = progress;
    const shown = { ...failed, ...newestValue(progress, seenBefore.get(id)) };
    const view = { seriesId: id, labels, progress: shown, recent, prediction, model, heldToMs: null };
    const outcome = { progress: failed, changes, alerts: [], burnChanges: [], buckets: [], view };
    if (retired.has(id)) draft.retire(outcome, { isTold: true });
    else draft.take(outcome);
  }
  const progress = { ...entry.progress, evaluatedAtMs: nowMs };
  return draft.finish({ progress, added, leftOut: 0, failure, stepMs });
}

/** The newest value that readers were shown, which may not have settled yet: it does not go back in time. */
function newestValue(
  settled: SeriesProgress,
  seen: SeriesProgress | undefined,
): Pick<SeriesProgress, "lastValue" | "lastAtMs"> {
  const isNewer = seen !== undefined && (seen.lastAtMs ?? -Infinity) > (settled.lastAtMs ?? -Infinity);
  const { lastValue, lastAtMs } = isNewer ? seen : settled;
  return { lastValue, lastAtMs };
}

/**
 * Where a label set is looked at from under another definition. As with a new SLA, time before the first sample is
 * not missing; only of one whose samples are all older is it.
 */
function newLook(
  { lastAtMs }: SeriesProgress,
  { sampled, range, stepMs }: {
    readonly sampled: SampledSeries | undefined;
    readonly range: EvaluationRange;
    readonly stepMs: number;
  },
): NewLook {
  const firstMs = sampled === undefined ? Infinity : firstSampleMs(sampled);
  const hasOlder = lastAtMs !== null && lastAtMs < range.fromMs;
  const fromMs = hasOlder ? range.fromMs : Math.min(firstMs, range.settledToMs - stepMs);
  return { fromMs, sinceAtLeast: fromMs <= range.fromMs || firstMs === Infinity };
}

/** The same label set under another definition: its accounting starts with the new look. */
function startAnew(progress: SeriesProgress, { fromMs }: NewLook): SeriesProgress {
  return {
    ...progress,
    account: emptyAccount(fromMs),
    risk: { probability: null, active: false, untilMs: fromMs },
  };
}
