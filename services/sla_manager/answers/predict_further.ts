import { seriesId } from "../../shared/domain/labels.ts";
import type { SeriesPrediction, SlaPrediction } from "../../shared/domain/sla_prediction.ts";
import { requireHorizon } from "../../shared/domain/require_horizon.ts";
import type { SampledSeries } from "../../shared/ports/metrics_source.ts";
import { answerSeriesPrediction, describePrediction } from "./answer_prediction.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import { breachQuery, describeBreach, isOutside, unknownPrediction } from "../prediction/predict.ts";
import { observedValues } from "../prediction/observed_values.ts";
import { tooFewSamples } from "../prediction/too_few_samples.ts";
import { lookbackOf } from "../settings.ts";
import {
  openModel,
  type SeriesModel,
  type SeriesView,
  type SlaEntry,
  type SlaView,
} from "../held/sla_entry.ts";

/** A method chosen for ten minutes is not trusted beyond so many times that. */
const STRETCH_MAX = 2;

/** Of so many label sets the method is chosen thoroughly; of more, quickly. */
const THOROUGH_MAX = 4;

/** Answers for other horizons, until the next evaluation. */
const answers = new WeakMap<SlaView, Map<number, Promise<SlaPrediction>>>();

/**
 * Answers the prediction of an SLA for another horizon. Far ahead, what tells is trend and season and not the last
 * minutes, so the method is chosen anew for that horizon. Who asks the same before the next evaluation gets the same.
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
  const views = entry.view?.series ?? [];
  const near = views.map((view) => answerSeriesPrediction(view, { entry, nowMs, settings }));
  const open = views.filter((view, i) => near[i].state === "fresh" && !isOutside(view.progress));
  const far = horizonMs > STRETCH_MAX * settings.horizonMs;
  const samples = far && open.length > 0
    ? await readSamples(evaluator, entry, open)
    : new Map<string, SampledSeries>();
  const effort = open.length <= THOROUGH_MAX ? "full" : "quick";

  const series = await Promise.all(views.map(async (view, i): Promise<SeriesPrediction> => {
    const held = entry.series.get(view.seriesId)?.model ?? null;
    if (near[i].state !== "fresh") return { ...near[i], horizonMs };
    if (isOutside(view.progress)) {
      return describeBreach(view.progress, held, { rules, horizonMs, breach: null });
    }
    if (held === null) return { ...near[i], horizonMs };
    const query = breachQuery(rules, horizonMs, settings.paths);
    // Up to the newest sample that the held method knows: both speak from the same origin.
    const values = far ? observedValues(samples.get(view.seriesId), held.toMs) : null;
    const tooFew = values === null
      ? null
      : tooFewSamples(values, { horizonMs, stepMs: rules.stepMs, settings });
    if (tooFew !== null) return unknownPrediction(view.progress, { rules, horizonMs }, tooFew.reason);
    const model = values === null
      ? held
      : readModel(await maths.choose(values, { stepMs: rules.stepMs, effort, horizon: query.horizon }), held);
    const breach = await maths.breach(model.forecaster.toJson(), query);
    return describeBreach(view.progress, model, { rules, horizonMs, breach });
  }));
  return describePrediction(entry, series, horizonMs, settings);
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

function readModel(json: object, held: SeriesModel): SeriesModel {
  const { toMs } = held;
  const stored = {
    slaId: "",
    seriesId: "",
    chosenAtMs: toMs,
    effort: held.effort,
    json: JSON.stringify(json),
  };
  return openModel(stored) ?? held;
}
