import { readForecaster } from "@pronoia/analytics";
import { seriesId } from "../../shared/domain/labels.ts";
import { requireHorizon } from "../../shared/domain/require_horizon.ts";
import { countObserved } from "../../shared/domain/results/count_observed.ts";
import { isFarHorizon } from "../../shared/domain/results/far_horizon.ts";
import { describeTooFew, tooFewSamples } from "../../shared/domain/results/too_few_samples.ts";
import type { SeriesPrediction, SlaPrediction } from "../../shared/domain/sla/sla_prediction.ts";
import type { SampledSeries } from "../../shared/ports/metrics_source.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { SeriesModel, SeriesView, SlaEntry, SlaView } from "../held/sla_entry.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import { observedValues } from "../prediction/observed_values.ts";
import { carryOn } from "../prediction/carry_on.ts";
import { breachQuery, describeBreach, isOutside, unknownPrediction } from "../prediction/predict.ts";
import { lookbackOf } from "../settings.ts";
import { farModel } from "./far_models.ts";
import { answerSeriesPrediction, describePrediction, isCurrent } from "./answer_prediction.ts";

/** Of so many label sets the method is chosen thoroughly; of more, quickly. */
const THOROUGH_MAX = 4;

/** Answers for other horizons, until the next evaluation. */
const answers = new WeakMap<SlaView, Map<number, Promise<SlaPrediction>>>();

/**
 * Answers the prediction of an SLA for another horizon, of far ones by one method for all
 * ({@linkcode isFarHorizon}). Who asks the same before the next evaluation gets the same.
 *
 * @throws {DomainError} `invalid`, if the horizon is shorter than the SLA's step.
 */
export async function predictFurther(
  evaluator: Evaluator,
  entry: SlaEntry,
  asked: { readonly nowMs: number; readonly horizonMs: number },
): Promise<SlaPrediction> {
  const { view } = entry;
  requireHorizon(asked.horizonMs, judgeRules(entry.sla, evaluator.parts.settings).stepMs);
  if (view === null) return await predictAll(evaluator, entry, asked);
  const known = answers.get(view) ?? new Map<number, Promise<SlaPrediction>>();
  answers.set(view, known);
  let answer = known.get(asked.horizonMs);
  if (answer === undefined) {
    answer = predictAll(evaluator, entry, asked);
    known.set(asked.horizonMs, answer);
    // A failure is not remembered: the source may be back before the next evaluation.
    answer.catch(() => known.delete(asked.horizonMs));
  }
  return await answer;
}

async function predictAll(
  evaluator: Evaluator,
  entry: SlaEntry,
  { nowMs, horizonMs }: { readonly nowMs: number; readonly horizonMs: number },
): Promise<SlaPrediction> {
  const { settings, maths } = evaluator.parts;
  const rules = judgeRules(entry.sla, settings);
  const { stepMs } = rules;
  const far = isFarHorizon(horizonMs, settings.horizonMs);
  const outlooks = (entry.view?.series ?? []).map((view): Outlook => {
    const near = { ...answerSeriesPrediction(view, { entry, nowMs, settings }), horizonMs };
    const series = entry.series.get(view.seriesId);
    const held = series?.model ?? null;
    const lastAtMs = series?.progress.lastAtMs ?? null;
    // Up to the newest sample that a held method knows: both speak from the same origin.
    const toMs = held?.toMs ?? (lastAtMs === null ? null : lastAtMs + stepMs);
    const isAsked = near.state === "fresh"
      ? !isOutside(view.progress, rules)
      : isUnchosen(view, { entry, nowMs, settings });
    return { view, near, held, openToMs: isAsked ? toMs : null };
  });
  const open = outlooks.filter(({ openToMs }) => openToMs !== null);
  // What was chosen for the configured horizon knows of enough samples for a shorter one.
  const isRead = horizonMs > settings.horizonMs || open.some(({ held }) => held === null);
  const samples = isRead && open.length > 0
    ? await readSamples(evaluator, entry, open.map(({ view }) => view))
    : new Map<string, SampledSeries>();
  const effort = open.length <= THOROUGH_MAX ? "full" : "quick";

  const series = await Promise.all(outlooks.map(async ({ view, near, held, openToMs: toMs }) => {
    const { progress } = view;
    if (toMs === null) {
      if (near.state !== "fresh") return near;
      return describeBreach(progress, held, { rules, horizonMs, breach: null });
    }
    const values = isRead ? observedValues(samples.get(view.seriesId), toMs) : null;
    const lookbackMs = lookbackOf(settings, stepMs);
    const tooFew = values && tooFewSamples(countObserved(values), { horizonMs, stepMs, lookbackMs });
    const reason = tooFew === null ? null : describeTooFew({ ...tooFew, toMs });
    if (reason !== null) return unknownPrediction(progress, { rules, horizonMs }, reason);
    const query = breachQuery(rules, horizonMs, settings.paths);
    const choose = (horizon: number) => maths.choose(values!, { stepMs, effort, horizon });
    if (!far) {
      const json = held?.forecaster.toJson() ?? await choose(query.horizon);
      const model = { forecaster: readForecaster(json), chosenAtMs: toMs, effort, toMs } as const;
      return describeBreach(progress, model, { rules, horizonMs, breach: await maths.breach(json, query) });
    }
    const { json, chosenAtMs } = await farModel(entry, {
      seriesId: view.seriesId,
      values: values!,
      toMs,
      stepMs,
    }, {
      chooseIntervalMs: settings.chooseIntervalMs,
      choose: () => choose(Math.round(lookbackMs / stepMs)),
    });
    const model = { forecaster: readForecaster(json), chosenAtMs, effort, toMs } as const;
    // As many paths for each of the far horizons: the same ones, so that they tell the same of the steps they share.
    const { paths } = breachQuery(rules, lookbackMs, settings.paths);
    const breach = await maths.breach(json, { ...query, paths });
    const said = near.probability === null ? breach : carryOn(near.byStep, breach);
    return describeBreach(progress, model, { rules, horizonMs, breach: said });
  }));
  return describePrediction(entry, series, horizonMs, settings);
}

/** What is known of one label set before it is asked for another horizon. */
interface Outlook {
  readonly view: SeriesView;
  /** The prediction for the configured horizon. */
  readonly near: SeriesPrediction;
  readonly held: SeriesModel | null;
  /** End of the samples to predict from; `null` where nothing is to be: out of bounds already, or silent. */
  readonly openToMs: number | null;
}

/** No method was chosen for the configured horizon; for another there may be enough samples, or more are needed. */
function isUnchosen(view: SeriesView, context: Parameters<typeof isCurrent>[1]): boolean {
  const { prediction } = view;
  return prediction !== null && prediction.originMs === null && context.entry.view!.failure === null &&
    isCurrent(view, context);
}

/** Reads what a method is chosen from, once for all label sets. */
async function readSamples(
  evaluator: Evaluator,
  entry: SlaEntry,
  views: readonly SeriesView[],
): Promise<ReadonlyMap<string, SampledSeries>> {
  const { stepMs } = judgeRules(entry.sla, evaluator.parts.settings);
  const toMs = Math.max(...views.map(({ progress }) => progress.account.toMs)) + stepMs;
  const fromMs = Math.ceil((toMs - lookbackOf(evaluator.parts.settings, stepMs)) / stepMs) * stepMs;
  const reading = await evaluator.reader.read({ expression: entry.sla.expression, fromMs, toMs, stepMs });
  return new Map(reading.series.map((series) => [seriesId(series.labels), series]));
}
