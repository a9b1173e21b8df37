import type { SeriesStatus, SlaState, SlaStatus } from "../../shared/domain/sla/sla_status.ts";
import { formatDuration, readDuration } from "../../shared/domain/units/duration_text.ts";
import { notJudgedYet, type SeriesView, type SlaEntry, type SlaView } from "../held/sla_entry.ts";
import { formatUtc } from "../../shared/domain/units/quantity.ts";
import type { SlaSettings } from "../settings.ts";
import { answerSeriesPrediction } from "./answer_prediction.ts";
import { asOfLastSample } from "../judging/judge_value.ts";
import { rankSeries } from "../held/rank_series.ts";
import { seriesSince, type Since, type SlaSince, slaSince } from "../held/sla_since.ts";
import { judgeRules } from "../judging/judge_rules.ts";

/** Answers the state of an SLA from its newest evaluation, and how old that is. Asks nobody. */
export function answerStatus(entry: SlaEntry, nowMs: number, settings: SlaSettings): SlaStatus {
  const { sla, view } = entry;
  const stuck = view !== null && isStuck(view, nowMs, settings)
    ? `not evaluated for ${formatDuration(Math.floor((nowMs - view.evaluatedAtMs) / 1000) * 1000)}`
    : null;
  const series = (view?.series ?? []).map((one) => describeSeries(one, { entry, nowMs, settings, stuck }));
  const { compare } = rankSeries(entry);
  series.sort((a, b) => compare(a.seriesId, b.seriesId));
  const [worst] = series;
  const judged = view === null || worst === undefined
    ? null
    : slaSince(view.series.map(({ progress }) => progress), judgeRules(sla, settings));
  const since = judged?.state === worst?.state ? sinceTold(judged, entry) : stuckSince(view!, settings);
  const leftOut = view !== null && view.leftOut > 0 ? `; ${view.leftOut} further series are not judged` : "";
  return {
    slaId: sla.id,
    name: sla.name,
    min: sla.min,
    max: sla.max,
    derived: sla.derived,
    state: worst?.state ?? "unknown",
    reason: (worst?.reason ?? stuck ?? view?.failure ?? notJudgedYet(entry)) + leftOut,
    sinceMs: since?.sinceMs ?? null,
    knownSinceMs: since?.knownSinceMs ?? null,
    sinceAtLeast: since?.sinceAtLeast ?? false,
    value: worst?.value ?? null,
    observedAtMs: worst?.observedAtMs ?? null,
    ageMs: worst?.ageMs ?? null,
    recent: worst?.recent ?? { min: null, max: null, mean: null, reason: "no samples" },
    evaluatedAtMs: view?.evaluatedAtMs ?? null,
    evaluationAgeMs: view === null ? null : Math.max(0, nowMs - view.evaluatedAtMs),
    // A label set that never had a sample stands for what is missing, and is no series.
    series: series.filter(({ observedAtMs }) => observedAtMs !== null),
  };
}

/** Whether an evaluation is too old to say anything about now. */
export function isStuck(view: SlaView, nowMs: number, settings: SlaSettings): boolean {
  return nowMs - view.evaluatedAtMs > stuckAfterMs(settings);
}

/** As it is said without a break, whichever label set it was of. */
function sinceTold(since: SlaSince | null, { progress }: SlaEntry): Since | null {
  const told = progress?.told;
  if (since === null || told?.state !== since.state) return since;
  return { ...since, knownSinceMs: Math.max(since.sinceMs, told.atMs) };
}

/** Since when an evaluation says nothing about now any more. */
function stuckSince({ evaluatedAtMs }: SlaView, settings: SlaSettings): Since {
  const sinceMs = evaluatedAtMs + stuckAfterMs(settings);
  return { sinceMs, knownSinceMs: sinceMs, sinceAtLeast: false };
}

function stuckAfterMs({ intervalMs, staleAfterMs }: SlaSettings): number {
  return Math.max(3 * intervalMs, staleAfterMs);
}

function describeSeries(
  view: SeriesView,
  context: {
    readonly entry: SlaEntry;
    readonly nowMs: number;
    readonly settings: SlaSettings;
    readonly stuck: string | null;
  },
): SeriesStatus {
  const { entry, nowMs, settings, stuck } = context;
  const { state, reason, lastValue, lastAtMs } = view.progress;
  const prediction = answerSeriesPrediction(view, context);
  const why = prediction.state === "fresh" ? reason : asOfLastSample(reason);
  const told: SlaState = stuck !== null ? "unknown" : state ?? "unknown";
  const held = view.heldToMs === null
    ? ""
    : `; it counts until ${formatUtc(view.heldToMs)}, unless it returns or the expression leaves it out`;
  const { sinceMs, knownSinceMs, sinceAtLeast } = told === state
    ? seriesSince(view.progress)
    : stuckSince(entry.view!, settings);
  return {
    seriesId: view.seriesId,
    labels: view.labels,
    state: told,
    reason: stuck ?? why + held,
    sinceMs,
    knownSinceMs,
    sinceAtLeast,
    value: lastValue !== null && Number.isFinite(lastValue) ? lastValue : null,
    observedAtMs: lastAtMs,
    ageMs: lastAtMs === null ? null : Math.max(0, nowMs - lastAtMs),
    recent: summarizeRecent(view, readDuration(entry.sla.step)),
    probability: prediction.probability,
  };
}

function summarizeRecent({ recent, progress }: SeriesView, stepMs: number): SeriesStatus["recent"] {
  if (recent === null) return { min: null, max: null, mean: null, reason: "no samples" };
  const { startMs, values } = recent;
  let [min, max, sum, count] = [Infinity, -Infinity, 0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    count++;
  }
  // From the first sample on: before, a young series was not there.
  const fromMs = startMs + stepMs * Math.max(0, values.findIndex((value) => Number.isFinite(value)));
  const range = { fromMs, toMs: Math.max(fromMs, progress.account.toMs) };
  if (count === 0) {
    return { min: null, max: null, mean: null, ...range, reason: "no samples in the last 30 minutes" };
  }
  // The sum of many large values can leave the range of doubles, their mean can't.
  const mean = Number.isFinite(sum)
    ? sum / count
    : values.reduce((part, v) => Number.isFinite(v) ? part + v / count : part, 0);
  return { min, max, mean: Math.min(max, Math.max(min, mean)), ...range };
}
