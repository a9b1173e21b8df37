import { describeTooFew } from "../../shared/domain/results/too_few_samples.ts";
import type { Sla } from "../../shared/domain/sla/sla.ts";
import type { SlaAlert } from "../../shared/domain/sla/sla_event.ts";
import type { SeriesPrediction } from "../../shared/domain/sla/sla_prediction.ts";
import type { SeriesProgress } from "../../shared/domain/sla/sla_progress.ts";
import type { HourBucket } from "../../shared/ports/sla_progress_store.ts";
import { followAlerts } from "../alerts/alerts.ts";
import type { BudgetInputs } from "../budget/budget_figures.ts";
import { HourDeltas } from "../budget/hour_deltas.ts";
import type { SeriesEntry, SeriesModel, SeriesView } from "../held/sla_entry.ts";
import { advance, type GridSamples, rejudge, type StateChange } from "../judging/advance.ts";
import type { JudgeRules } from "../judging/judge_rules.ts";
import { countFurther } from "../prediction/count_further.ts";
import { isOutside, predict } from "../prediction/predict.ts";
import type { SlaSettings } from "../settings.ts";
import { trailingRange } from "../source/trailing_range.ts";
import { lookAgain, type NewLook, tellAfter, tellEdit } from "./look_again.ts";

/** How far back the minimum, maximum and mean beside a status look, and bounds are derived from. */
export const RECENT_WINDOW_MS = 1_800_000;

/** One label set after an evaluation. Nothing of it counts before it is stored. */
export interface SeriesOutcome {
  readonly progress: SeriesProgress;
  readonly changes: readonly StateChange[];
  readonly alerts: readonly SlaAlert[];
  /** Those of them that the history tells. */
  readonly burnChanges: readonly SlaAlert[];
  readonly buckets: readonly HourBucket[];
  readonly view: SeriesView;
}

/** What an evaluation of a label set works on. */
export interface SeriesEvaluation {
  readonly sla: Sla;
  readonly rules: JudgeRules;
  readonly settings: SlaSettings;
  readonly samples: GridSamples;
  /** Steps before this are accounted; later ones are looked at only. */
  readonly settledToMs: number;
  readonly toMs: number;
  /** The source's now. */
  readonly nowMs: number;
  /** False while older verdicts are still being gathered, so that burn rates say little. */
  readonly burnRatesKnown: boolean;
  /** Where it is looked at anew from, since its definition was edited; `null` where it goes on. */
  readonly look: NewLook | null;
  /** When the definition was edited that it is judged by for the first time; `null` where none was. */
  readonly editedAtMs: number | null;
  /** Whether what was accounted before that edit counts no more. */
  readonly accountsAnew: boolean;
  /** Hears of a forecast that failed. */
  readonly onProblem: (error: unknown) => void;
}

/**
 * Evaluates one label set: accounts its new steps, brings its forecaster up to date, predicts, judges, and follows
 * its alerts. Changes the entry's forecaster, recent samples and prediction, which depend on samples alone.
 */
export function evaluateSeries(entry: SeriesEntry, evaluation: SeriesEvaluation): SeriesOutcome {
  const {
    sla,
    rules,
    settings,
    samples,
    settledToMs,
    toMs,
    nowMs,
    look,
    editedAtMs,
    accountsAnew,
    onProblem,
  } = evaluation;
  const { seriesId, labels } = entry.progress;
  const deltas = new HourDeltas();
  const walk = { toMs: settledToMs, nowMs, rules, totals: deltas };
  const walked = look === null
    ? advance(entry.progress, samples, walk)
    : lookAgain(entry.progress, samples, { ...walk, look });

  entry.recent = extendRecent(entry.recent, samples, { rules, toMs });
  const { lastAtMs } = walked.progress;
  if (lastAtMs !== null) {
    const seen = { toMs: lastAtMs + rules.stepMs, stepMs: rules.stepMs };
    if (entry.model !== null) feedModel(entry.model, samples, seen);
    countOn(entry, samples, seen);
  }
  entry.prediction = predict(walked.progress, entry, { rules, settings, nowMs, onProblem });
  const rejudged = rejudge(withRisk(walked.progress, entry.prediction, { rules, settings }), rules);
  const foreseen = isForeseenFirst(entry.progress, rejudged)
    ? { ...rejudged.progress, sinceAtLeast: true }
    : rejudged.progress;

  const found = { progress: foreseen, changes: [...walked.changes, ...rejudged.changes] };
  const told = look === null ? found : tellEdit(entry.progress, found.progress, found.changes);
  const { progress: judged, changes } = editedAtMs === null
    ? told
    : tellAfter(Math.max(editedAtMs, entry.progress.changedAtMs), told);
  const buckets = deltas.buckets(seriesId);
  const budget = budgetInputs(entry, judged, { evaluation, added: buckets });
  const { active, changed, burnChanges } = followAlerts(sla, judged, {
    changes,
    budget,
    settings,
    isRedefined: accountsAnew,
  });
  const { unpredictable, tooFew } = entry;
  const progress = { ...judged, alerts: active, unpredictable, tooFew };
  const seen = advance(progress, samples, { toMs, nowMs, rules, totals: new HourDeltas() }).progress;
  const shown = isOutside(seen, rules) === isOutside(progress, rules)
    ? { progress: seen, prediction: entry.prediction }
    : predictAnew(seen, entry, { rules, settings, nowMs, onProblem });
  return {
    progress,
    changes,
    alerts: changed,
    burnChanges,
    buckets,
    view: { seriesId, labels, recent: entry.recent, ...shown, model: entry.model, heldToMs: null },
  };
}

/** Whether it is at risk by a prediction, and there was none before that could have said so. */
function isForeseenFirst(
  { risk }: SeriesProgress,
  { progress, changes }: { readonly progress: SeriesProgress; readonly changes: readonly StateChange[] },
): boolean {
  return changes.at(-1)?.to === "at_risk" && risk.untilMs <= progress.sinceMs;
}

/**
 * Predicts for the newest sample where it crossed a bound before it has settled. Readers are told of it, and the
 * state beside must be the one that this prediction calls for.
 */
function predictAnew(
  seen: SeriesProgress,
  entry: SeriesEntry,
  context: Parameters<typeof predict>[2],
): Pick<SeriesView, "progress" | "prediction"> {
  const prediction = predict(seen, entry, context);
  return { progress: rejudge(withRisk(seen, prediction, context), context.rules).progress, prediction };
}

/** What has been seen: steps up to the end of the newest one with a sample. */
interface Seen {
  readonly toMs: number;
  readonly stepMs: number;
}

/** Gives the model what it has not seen, up to the newest sample; a gap inside goes along as missing. */
function feedModel(model: SeriesModel, samples: GridSamples, { toMs, stepMs }: Seen): void {
  if (toMs - stepMs < model.toMs) return;
  const steps = Math.round((toMs - model.toMs) / stepMs);
  const first = Math.round((model.toMs - samples.startMs) / stepMs);
  const values = Float64Array.from({ length: steps }, (_, i) => {
    const value = samples.values[first + i];
    return value === undefined || !Number.isFinite(value) ? NaN : value;
  });
  model.forecaster.update(values);
  model.toMs = toMs;
}

/** Counts the samples that a first choice still lacks, so that the reason does not tell an old number. */
function countOn(entry: SeriesEntry, samples: GridSamples, seen: Seen): void {
  if (entry.tooFew === null) return;
  entry.tooFew = countFurther(entry.tooFew, samples, seen);
  entry.unpredictable = describeTooFew(entry.tooFew);
}

/**
 * Puts the prediction's word into the state: it calls for attention from the threshold on, and until well below it.
 */
function withRisk(
  progress: SeriesProgress,
  { probability, originMs }: SeriesPrediction,
  { rules, settings }: { readonly rules: JudgeRules; readonly settings: SlaSettings },
): SeriesProgress {
  if (probability === null || originMs === null) return progress;
  const threshold = progress.risk.active ? rules.riskExit : rules.riskThreshold;
  // Out of bounds already is no prediction: once back, the next one decides.
  const active = probability >= threshold && !isOutside(progress, rules);
  const untilMs = originMs + Math.max(settings.horizonMs, rules.stepMs);
  return { ...progress, risk: { probability, active, untilMs } };
}

/** What burn alerts go by: `null` without a target, `undefined` while it is not known. */
function budgetInputs(
  { totals }: SeriesEntry,
  { account }: SeriesProgress,
  about: { readonly evaluation: SeriesEvaluation; readonly added: readonly HourBucket[] },
): BudgetInputs | null | undefined {
  const { sla: { target, noData }, burnRatesKnown } = about.evaluation;
  if (target === null) return null;
  return burnRatesKnown ? { account, totals, target, noData, added: about.added } : undefined;
}

function extendRecent(
  recent: SeriesEntry["recent"],
  samples: GridSamples,
  { rules, toMs }: { readonly rules: JudgeRules; readonly toMs: number },
): { readonly startMs: number; readonly values: Float64Array } {
  const { stepMs } = rules;
  const { fromMs: startMs } = trailingRange(toMs - stepMs, { windowMs: RECENT_WINDOW_MS, stepMs });
  const length = Math.round((toMs - startMs) / stepMs);
  const values = new Float64Array(length).fill(NaN);
  for (const part of [recent, samples]) {
    if (part === null) continue;
    const offset = Math.round((part.startMs - startMs) / stepMs);
    for (let i = Math.max(0, -offset); i < part.values.length && i + offset < length; i++) {
      values[i + offset] = part.values[i];
    }
  }
  return { startMs, values };
}
