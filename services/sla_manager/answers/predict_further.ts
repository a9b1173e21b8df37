import { seriesId } from "../../shared/domain/labels.ts";
import { requireHorizon } from "../../shared/domain/require_horizon.ts";
import type { SeriesPrediction, SlaPrediction } from "../../shared/domain/sla/sla_prediction.ts";
import type { SampledSeries } from "../../shared/ports/metrics_source.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { SeriesView, SlaEntry, SlaView } from "../held/sla_entry.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import { describeBreach, isOutside } from "../prediction/predict.ts";
import { lookbackOf } from "../settings.ts";
import {
  answerSeriesPrediction,
  describePrediction,
  isCurrent,
  predictSilence,
} from "./answer_prediction.ts";
import { lookAhead, type SeriesOutlook } from "./series_outlook.ts";

/** Of so many label sets the method is chosen thoroughly; of more, quickly. */
const THOROUGH_MAX = 4;

/** What answers for other horizons have in common, until the next evaluation. */
interface SlaOutlook {
  /** What methods are chosen from, by label set; read when it is needed first. */
  samples: Promise<ReadonlyMap<string, SampledSeries>> | null;
  readonly series: ReadonlyMap<string, SeriesOutlook>;
}

const outlooks = new WeakMap<SlaView, SlaOutlook>();

/**
 * Answers the prediction of an SLA for another horizon. All horizons tell the same of the steps they share, those of
 * the configured one included, and who asks again before the next evaluation gets the same.
 *
 * @throws {DomainError} `invalid`, if the horizon is shorter than the SLA's step; what the source says.
 */
export async function predictFurther(
  evaluator: Evaluator,
  entry: SlaEntry,
  { nowMs, horizonMs }: { readonly nowMs: number; readonly horizonMs: number },
): Promise<SlaPrediction> {
  const { settings } = evaluator.parts;
  const rules = judgeRules(entry.sla, settings);
  requireHorizon(horizonMs, rules.stepMs);
  const { view } = entry;
  if (view === null) return describePrediction(entry, [], horizonMs, settings);
  const outlook = outlooks.get(view) ?? openOutlook(evaluator, entry, view);
  outlooks.set(view, outlook);
  const context = { entry, nowMs, settings };
  const answers = view.series.map((one): SeriesPrediction | SeriesOutlook => {
    const { progress, model } = one;
    const silence = predictSilence(one, context, horizonMs);
    if (silence !== null) return silence;
    const near = { ...answerSeriesPrediction(one, context), horizonMs };
    if (near.state === "fresh" && isOutside(progress, rules)) {
      return describeBreach(progress, model, { rules, horizonMs, breach: null });
    }
    const isAsked = near.state === "fresh" || isUnchosen(one, context);
    return isAsked ? outlook.series.get(one.seriesId) ?? near : near;
  });
  const open = answers.filter((answer) => "predict" in answer);
  // What was chosen for the configured horizon knows of enough samples for a shorter one.
  const isRead = open.length > 0 &&
    (horizonMs > settings.horizonMs || open.some(({ model }) => model === null));
  const samples = isRead ? await readSamples(outlook, { evaluator, entry, view }) : null;
  const series = answers.map((answer) =>
    "predict" in answer ? answer.predict(horizonMs, samples?.get(answer.seriesId)) : answer
  );
  return describePrediction(entry, await Promise.all(series), horizonMs, settings);
}

function openOutlook({ parts }: Evaluator, entry: SlaEntry, view: SlaView): SlaOutlook {
  const { settings, maths } = parts;
  const onProblem = (error: unknown) =>
    parts.onProblem?.({ what: "predict further ahead", error, slaId: entry.sla.id });
  const effort = view.series.length <= THOROUGH_MAX ? "full" : "quick";
  const series = view.series.flatMap((one): [string, SeriesOutlook][] => {
    const outlook = lookAhead(entry, one, { settings, maths, effort, onProblem });
    return outlook === null ? [] : [[one.seriesId, outlook]];
  });
  return { samples: null, series: new Map(series) };
}

/** No method was chosen for the configured horizon; for another there may be enough samples, or more are needed. */
function isUnchosen(view: SeriesView, context: Parameters<typeof isCurrent>[1]): boolean {
  const { prediction } = view;
  return prediction !== null && prediction.originMs === null && context.entry.view!.failure === null &&
    isCurrent(view, context);
}

/** Reads what methods are chosen from, once for all label sets and horizons. */
async function readSamples(
  outlook: SlaOutlook,
  { evaluator: { reader, parts: { settings } }, entry, view }: {
    readonly evaluator: Evaluator;
    readonly entry: SlaEntry;
    readonly view: SlaView;
  },
): Promise<ReadonlyMap<string, SampledSeries>> {
  const { stepMs } = judgeRules(entry.sla, settings);
  const toMs = Math.max(...view.series.map(({ progress }) => progress.account.toMs)) + stepMs;
  const fromMs = Math.ceil((toMs - lookbackOf(settings, stepMs)) / stepMs) * stepMs;
  outlook.samples ??= reader.read({ expression: entry.sla.expression, fromMs, toMs, stepMs })
    .then(({ series }) => new Map(series.map((one) => [seriesId(one.labels), one])));
  try {
    return await outlook.samples;
  } catch (error) {
    // Not remembered: the source may be back before the next evaluation.
    outlook.samples = null;
    throw error;
  }
}
