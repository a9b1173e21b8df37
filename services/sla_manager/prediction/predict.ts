import { breachProbability, type BreachProbabilityResult } from "@pronoia/analytics";
import type { LackingSamples } from "../../shared/domain/results/lacking_samples.ts";
import type { SeriesPrediction } from "../../shared/domain/sla/sla_prediction.ts";
import type { SeriesProgress } from "../../shared/domain/sla/sla_progress.ts";
import type { BoundName } from "../../shared/domain/sla/sla_violations.ts";
import { formatUtc } from "../../shared/domain/units/quantity.ts";
import { nextTickMs } from "../judging/tick.ts";
import type { SeriesEntry, SeriesModel } from "../held/sla_entry.ts";
import { brokenBound, type JudgeRules } from "../judging/judge_rules.ts";
import { NO_SERIES } from "../judging/judge_value.ts";
import type { SlaSettings } from "../settings.ts";

/** Most simulated values of one prediction; a longer horizon gets fewer paths. */
const DRAWS_MAX = 2_000_000;

/** Most paths: a probability is told in thousandths. */
const PATHS_MAX = 1_000;

/** Fewest paths whatever the horizon: standard error of at most 3.5 points. */
const PATHS_MIN = 200;

/** Why there is no prediction where the library failed. */
export const FORECASTING_FAILED = "forecasting failed, the log says why";

/** Predicts one label set over the configured horizon. O(paths · steps). */
export function predict(
  progress: SeriesProgress,
  { model, unpredictable, tooFew }: Pick<SeriesEntry, "model" | "unpredictable" | "tooFew">,
  context: {
    readonly rules: JudgeRules;
    readonly settings: SlaSettings;
    /** The source's now. */
    readonly nowMs: number;
    /** Hears of a forecast that failed. */
    readonly onProblem: (error: unknown) => void;
  },
): SeriesPrediction {
  const { rules, settings, nowMs, onProblem } = context;
  const query = breachQuery(rules, settings.horizonMs, settings.paths);
  const outlook = { rules, horizonMs: settings.horizonMs };
  if (isOutside(progress, rules)) return describeBreach(progress, model, { ...outlook, breach: null });
  if (model === null) {
    const reason = progress.lastAtMs === null
      ? NO_SERIES
      : `no forecasting method has been chosen yet; one is due by the next evaluation, at ${
        formatUtc(nextTickMs(nowMs, settings.intervalMs))
      }`;
    const lacking = tooFew !== null && tooFew.found < tooFew.needed ? tooFew : undefined;
    return unknownPrediction(progress, outlook, { reason: unpredictable ?? reason, lacking });
  }
  try {
    const breach = breachProbability(model.forecaster.forecast(query.horizon), query);
    return describeBreach(progress, model, { ...outlook, breach });
  } catch (error) {
    // It is judged by its samples all the same, and so are the others of its SLA.
    onProblem(error);
    return unknownPrediction(progress, outlook, { reason: FORECASTING_FAILED });
  }
}

/** What to ask of the library for a horizon: its steps, the bounds, and as many paths as are worth it. */
export function breachQuery(
  rules: JudgeRules,
  horizonMs: number,
  paths: number,
): { readonly horizon: number; readonly paths: number; readonly min?: number; readonly max?: number } {
  const horizon = Math.max(1, Math.round(horizonMs / rules.stepMs));
  return {
    horizon,
    paths: Math.max(PATHS_MIN, Math.min(paths, PATHS_MAX, Math.floor(DRAWS_MAX / horizon))),
    ...(rules.min === null ? {} : { min: rules.min }),
    ...(rules.max === null ? {} : { max: rules.max }),
  };
}

/** True when the newest sample is out of bounds, whether or not a step without one has followed it. */
export function isOutside(progress: SeriesProgress, rules: JudgeRules): boolean {
  return outsideBound(progress, rules) !== null;
}

function outsideBound({ lastValue }: SeriesProgress, rules: JudgeRules): BoundName | null {
  return lastValue === null ? null : brokenBound(lastValue, rules);
}

/** Words and times for what the library found; `breach: null` says that the series is out of bounds already. */
export function describeBreach(
  progress: SeriesProgress,
  model: SeriesModel | null,
  about: {
    readonly rules: JudgeRules;
    readonly horizonMs: number;
    readonly breach: BreachProbabilityResult | null;
  },
): SeriesPrediction {
  const { rules, horizonMs, breach } = about;
  const { stepMs } = rules;
  const steps = Math.max(1, Math.round(horizonMs / stepMs));
  const toMs = (step: number | null): number | null => step === null ? null : step * stepMs;
  const { p10, p50, p90 } = breach?.timeToBreach ?? { p10: 0, p50: 0, p90: 0 };
  return {
    seriesId: progress.seriesId,
    labels: progress.labels,
    originMs: model === null ? progress.lastAtMs : model.toMs - stepMs,
    horizonMs,
    stepMs,
    probability: breach === null ? 1 : toShare(breach.probability),
    byStep: breach === null ? new Array<number>(steps).fill(1) : Array.from(breach.byStep, toShare),
    timeToBreachMs: { p10: toMs(p10), p50: toMs(p50), p90: toMs(p90) },
    bound: breach === null ? outsideBound(progress, rules) : breach.bound,
    method: model?.forecaster.method ?? null,
    backtest: model?.forecaster.explanation.backtest ?? null,
    state: "fresh",
    ...(breach === null ? { reason: "out of bounds already" } : {}),
  };
}

/**
 * The digits of a share that so many paths can tell: 561 / 694 is 0.808. It is cut off there, so that it reaches 10,
 * 50 and 90 % where the paths do; what is neither 0 nor 1 is a thousandth away from both at least, and stays so.
 */
function toShare(probability: number): number {
  return Math.floor(probability * PATHS_MAX + 1e-9) / PATHS_MAX;
}

/** The answer where nothing can be predicted. */
export function unknownPrediction(
  progress: Pick<SeriesProgress, "seriesId" | "labels">,
  about: { readonly rules: Pick<JudgeRules, "stepMs">; readonly horizonMs: number },
  { reason, lacking }: { readonly reason: string; readonly lacking?: LackingSamples },
): SeriesPrediction {
  return {
    seriesId: progress.seriesId,
    labels: progress.labels,
    originMs: null,
    horizonMs: about.horizonMs,
    stepMs: about.rules.stepMs,
    probability: null,
    byStep: [],
    timeToBreachMs: { p10: null, p50: null, p90: null },
    bound: null,
    method: null,
    backtest: null,
    state: "unknown",
    reason,
    ...(lacking && { lacking: { found: lacking.found, needed: lacking.needed } }),
  };
}
