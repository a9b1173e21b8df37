import { type BreachProbabilityResult, type ForecasterJson, readForecaster } from "@pronoia/analytics";
import { countObserved } from "../../shared/domain/results/count_observed.ts";
import { nearReachMs } from "../../shared/domain/results/far_horizon.ts";
import { describeTooFew, tooFewSamples } from "../../shared/domain/results/too_few_samples.ts";
import type { SeriesPrediction } from "../../shared/domain/sla/sla_prediction.ts";
import type { SampledSeries } from "../../shared/ports/metrics_source.ts";
import type { SeriesView, SlaEntry } from "../held/sla_entry.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import { carryOn } from "../prediction/carry_on.ts";
import type { ChooseOptions, Maths } from "../prediction/maths.ts";
import { observedValues } from "../prediction/observed_values.ts";
import { breachQuery, describeBreach, FORECASTING_FAILED, unknownPrediction } from "../prediction/predict.ts";
import { lookbackOf, type SlaSettings } from "../settings.ts";
import { farModel } from "./far_models.ts";

/** One label set, looked at over any horizon, until the next evaluation. */
export interface SeriesOutlook {
  readonly seriesId: string;
  /** The forecaster it was predicted by; `null` where none was chosen yet. */
  readonly model: ForecasterJson | null;
  /** Predicts it; the samples are needed beyond the configured horizon, and without a forecaster. */
  predict(horizonMs: number, samples: SampledSeries | undefined): Promise<SeriesPrediction>;
}

/** What looking ahead needs. */
export interface LookAheadParts {
  readonly settings: SlaSettings;
  readonly maths: Maths;
  readonly effort: ChooseOptions["effort"];
  /** Hears of a forecast that failed. */
  readonly onProblem: (error: unknown) => void;
}

/**
 * Looks ahead from the newest sample of a label set; `null` where it has none.
 *
 * Up to twice the configured horizon by the method of that ({@linkcode nearReachMs}); what follows by one method for
 * all far horizons. So every horizon has the same first steps.
 */
export function lookAhead(entry: SlaEntry, view: SeriesView, parts: LookAheadParts): SeriesOutlook | null {
  const { settings, maths, effort, onProblem } = parts;
  const { seriesId, progress } = view;
  const rules = judgeRules(entry.sla, settings);
  const { stepMs } = rules;
  const lookbackMs = lookbackOf(settings, stepMs);
  const series = entry.series.get(seriesId);
  const held = view.model ?? series?.model ?? null;
  const lastAtMs = series?.progress.lastAtMs ?? null;
  if (held === null && lastAtMs === null) return null;
  // Up to the newest sample that a held method knows: both speak from the same origin.
  const toMs = held === null ? lastAtMs! + stepMs : held.toMs;
  const json = held?.forecaster.toJson() ?? null;

  // As many paths for each horizon that one method answers: the same ones, which tell the same of the steps they
  // share.
  const nearQuery = breachQuery(rules, settings.horizonMs, settings.paths);
  const farQuery = breachQuery(rules, lookbackMs, settings.paths);
  const reach = breachQuery(rules, nearReachMs(settings.horizonMs), settings.paths).horizon;

  let near: Promise<ForecasterJson> | undefined;
  let nearest: Promise<BreachProbabilityResult> | undefined;
  let far: ReturnType<typeof farModel> | undefined;
  const answers = new Map<number, Promise<SeriesPrediction>>();

  async function predict(horizonMs: number, values: Float64Array): Promise<SeriesPrediction> {
    const { horizon } = breachQuery(rules, horizonMs, settings.paths);
    const describe = (model: ForecasterJson, chosenAtMs: number, breach: BreachProbabilityResult) =>
      describeBreach(progress, { forecaster: readForecaster(model), chosenAtMs, effort, toMs }, {
        rules,
        horizonMs,
        breach,
      });
    near ??= json === null
      ? maths.choose(values, { stepMs, effort, horizon: nearQuery.horizon })
      : Promise.resolve(json);
    const model = await near;
    if (horizon <= reach) return describe(model, toMs, await maths.breach(model, { ...nearQuery, horizon }));
    nearest ??= maths.breach(model, { ...nearQuery, horizon: reach });
    far ??= farModel(entry, { seriesId, values, toMs, stepMs }, {
      chooseIntervalMs: settings.chooseIntervalMs,
      choose: () => maths.choose(values, { stepMs, effort, horizon: Math.round(lookbackMs / stepMs) }),
    });
    const [first, { json: further, chosenAtMs }] = await Promise.all([nearest, far]);
    const later = await maths.breach(further, { ...farQuery, horizon });
    return describe(further, chosenAtMs, carryOn(first, later));
  }

  return {
    seriesId,
    model: json,
    async predict(horizonMs, samples) {
      const values = observedValues(samples, toMs);
      const about = { rules, horizonMs };
      const found = countObserved(values);
      const isCounted = json === null || horizonMs > settings.horizonMs;
      const tooFew = isCounted ? tooFewSamples(found, { horizonMs, stepMs, lookbackMs }) : null;
      if (tooFew !== null) {
        return unknownPrediction(progress, about, {
          reason: describeTooFew({ ...tooFew, toMs })!,
          lacking: tooFew,
        });
      }
      const answer = answers.get(horizonMs) ?? predict(horizonMs, values).catch((error) => {
        // The others of its SLA have theirs all the same.
        onProblem(error);
        return unknownPrediction(progress, about, { reason: FORECASTING_FAILED });
      });
      answers.set(horizonMs, answer);
      return await answer;
    },
  };
}
