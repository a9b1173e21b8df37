import { exactSelector } from "../../shared/domain/selector.ts";
import { formatUtc } from "../../shared/domain/units/quantity.ts";
import type { SeriesPrediction, SlaPrediction } from "../../shared/domain/sla/sla_prediction.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import { describeBreach, unknownPrediction } from "../prediction/predict.ts";
import type { SlaSettings } from "../settings.ts";
import { notJudgedYet, type SeriesView, type SlaEntry } from "../held/sla_entry.ts";
import { rankSeries } from "../held/rank_series.ts";

/** Answers the prediction of an SLA from its newest evaluation. Asks nobody. */
export function answerPrediction(entry: SlaEntry, nowMs: number, settings: SlaSettings): SlaPrediction {
  const context = { entry, nowMs, settings };
  const series = (entry.view?.series ?? []).map((view) => answerSeriesPrediction(view, context));
  return describePrediction(entry, series, settings.horizonMs, settings);
}

/** What a prediction is still worth: one made from samples that are too old says nothing, and says so. */
export function answerSeriesPrediction(
  view: SeriesView,
  context: { readonly entry: SlaEntry; readonly nowMs: number; readonly settings: SlaSettings },
): SeriesPrediction {
  const { entry, nowMs, settings } = context;
  const { prediction } = view;
  const { stepMs } = entry.view!;
  const nothing = (reason: string): SeriesPrediction =>
    unknownPrediction(view, { rules: { stepMs }, horizonMs: settings.horizonMs }, { reason });
  const silence = predictSilence(view, context, settings.horizonMs);
  if (silence !== null) return silence;
  const { lastAtMs } = view.progress;
  if (prediction === null || prediction.originMs === null) {
    if (lastAtMs !== null && !isCurrent(view, context)) {
      return nothing(`the newest sample is from ${formatUtc(lastAtMs)}, too old to predict from`);
    }
    return prediction ?? nothing("nothing has been predicted yet");
  }
  const ageMs = nowMs - prediction.originMs;
  if (ageMs >= Math.max(prediction.horizonMs, freshForMs(stepMs, settings))) {
    return nothing(
      `the newest sample is from ${formatUtc(prediction.originMs)}: all that was predicted is past`,
    );
  }
  if (entry.view!.failure === null && ageMs <= freshForMs(stepMs, settings)) return prediction;
  return {
    ...prediction,
    probability: null,
    byStep: [],
    timeToBreachMs: { p10: null, p50: null, p90: null },
    bound: null,
    state: "expired",
    reason: entry.view!.failure ?? `made from samples up to ${formatUtc(prediction.originMs)}`,
  };
}

/**
 * What there is to predict of a label set whose silence is a violation now, as a value out of bounds is one: that it
 * is violated within any horizon. `null` where it is not silent for so long, or silence is none.
 */
export function predictSilence(
  { progress }: SeriesView,
  { entry, nowMs, settings }: {
    readonly entry: SlaEntry;
    readonly nowMs: number;
    readonly settings: SlaSettings;
  },
  horizonMs: number,
): SeriesPrediction | null {
  const { state, lastAtMs, reason, account } = progress;
  const { evaluatedAtMs, failure } = entry.view!;
  const rules = judgeRules(entry.sla, settings);
  const { stepMs, staleAfterMs, noData } = rules;
  if (state !== "violated" || noData !== "violated" || lastAtMs === null || failure !== null) return null;
  // In the first minutes without a sample it is still judged by the newest one.
  if (account.toMs - stepMs - lastAtMs < staleAfterMs) return null;
  if (nowMs - evaluatedAtMs > freshForMs(stepMs, settings)) return null;
  const breach = describeBreach(progress, null, { rules, horizonMs, breach: null });
  return { ...breach, bound: null, reason: `violated already: ${reason}` };
}

/** Whether the newest sample of a label set is recent enough to look ahead from. */
export function isCurrent(
  { progress: { lastAtMs } }: SeriesView,
  { entry, nowMs, settings }: {
    readonly entry: SlaEntry;
    readonly nowMs: number;
    readonly settings: SlaSettings;
  },
): boolean {
  return lastAtMs !== null && nowMs - lastAtMs <= freshForMs(entry.view!.stepMs, settings);
}

/** Two evaluations and what settles in between. */
function freshForMs(stepMs: number, { intervalMs, settleMs }: SlaSettings): number {
  return Math.max(2 * intervalMs, 2 * stepMs) + 2 * (settleMs ?? stepMs);
}

const STATE_ORDER = { fresh: 0, expired: 1, unknown: 2 } as const;

/** The prediction of an SLA from those of its label sets. */
export function describePrediction(
  entry: SlaEntry,
  series: readonly SeriesPrediction[],
  horizonMs: number,
  settings: SlaSettings,
): SlaPrediction {
  const { compare } = rankSeries(entry);
  const sorted = [...series].sort((a, b) =>
    (b.probability ?? -1) - (a.probability ?? -1) || STATE_ORDER[a.state] - STATE_ORDER[b.state] ||
    compare(a.seriesId, b.seriesId)
  );
  const { stepMs } = judgeRules(entry.sla, settings);
  const reason = entry.view?.failure ?? notJudgedYet(entry);
  const { seriesId: _, labels: __, ...worst } = sorted[0] ??
    unknownPrediction({ seriesId: "", labels: {} }, { rules: { stepMs }, horizonMs }, { reason });
  // Good news about one series is no news about another of which nothing is known.
  const isNews = worst.state === "fresh" && worst.timeToBreachMs.p90 !== 0;
  const blind = isNews ? sorted.filter(({ state }) => state !== "fresh") : [];
  const note = blind.length > 0 ? { reason: describeBlind(blind, sorted.length) } : {};
  const sampled = new Set(
    entry.view?.series.filter(({ progress }) => progress.lastAtMs !== null).map(({ seriesId }) => seriesId),
  );
  return {
    slaId: entry.sla.id,
    name: entry.sla.name,
    ...worst,
    ...note,
    evaluatedAtMs: entry.view?.evaluatedAtMs ?? null,
    series: sorted.filter(({ seriesId }) => sampled.has(seriesId)),
  };
}

/** Of how many label sets nothing is known, and of one of them why. */
function describeBlind(blind: readonly SeriesPrediction[], count: number): string {
  const [{ labels, reason }] = blind;
  const which = exactSelector(labels);
  const told = blind.length === 1
    ? `${which}, one of ${count} series, has no fresh prediction`
    : `${blind.length} of ${count} series have no fresh prediction, such as ${which}`;
  return reason === undefined ? told : `${told}: ${reason}`;
}
