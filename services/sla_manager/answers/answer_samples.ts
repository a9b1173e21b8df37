import { seriesId } from "../../shared/domain/labels.ts";
import type { SlaSamples } from "../../shared/domain/sla/sla_samples.ts";
import { readDuration } from "../../shared/domain/units/duration_text.ts";
import type { RangeReading, SampledSeries } from "../../shared/ports/metrics_source.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { SlaEntry } from "../held/sla_entry.ts";
import { answerSeriesPrediction, isCurrent } from "./answer_prediction.ts";
import { requireSteps, type ViolationSpan } from "./answer_violations.ts";

/** Most values of one series in one answer; a plot shows no more. */
export const SAMPLE_STEPS_MAX = 11_000;

/** Reads the samples an SLA is judged by, with the forecast each is predicted by: of all label sets, or of one. */
export async function answerSamples(
  evaluator: Evaluator,
  entry: SlaEntry,
  { only, ...span }: ViolationSpan & { readonly only?: string },
): Promise<SlaSamples> {
  const { sla } = entry;
  const stepMs = readDuration(sla.step);
  const fromMs = Math.floor(span.fromMs / stepMs) * stepMs;
  const toMs = Math.ceil(span.toMs / stepMs) * stepMs;
  requireSteps(sla, { ...span, fromMs, toMs }, SAMPLE_STEPS_MAX);
  const reading = await evaluator.reader.read({ expression: sla.expression, fromMs, toMs, stepMs });
  return describeSamples(evaluator, entry, { reading, fromMs, toMs, only });
}

/** Puts samples that were read into the answer for `[fromMs, toMs)`, on the grid. */
export function describeSamples(
  evaluator: Evaluator,
  entry: SlaEntry,
  { reading, fromMs, toMs, only }: {
    readonly reading: Pick<RangeReading, "series">;
    readonly fromMs: number;
    readonly toMs: number;
    readonly only?: string;
  },
): SlaSamples {
  const { sla } = entry;
  const stepMs = readDuration(sla.step);
  const series = reading.series.filter(({ labels }) => only === undefined || seriesId(labels) === only);
  return {
    slaId: sla.id,
    fromMs,
    toMs,
    stepMs,
    series: series.map((sampled) => {
      const id = seriesId(sampled.labels);
      const forecast = freshForecast(evaluator, entry, id);
      const values = place(sampled, { fromMs, toMs });
      return {
        seriesId: id,
        labels: sampled.labels,
        values,
        ...(forecast === undefined ? {} : { forecast }),
      };
    }),
  };
}

function freshForecast(
  { time, parts: { settings } }: Evaluator,
  entry: SlaEntry,
  id: string,
): SlaSamples["series"][number]["forecast"] {
  const view = entry.view?.series.find(({ seriesId }) => seriesId === id);
  const model = entry.series.get(id)?.model;
  if (view === undefined || model === undefined || model === null) return undefined;
  const context = { entry, nowMs: time.estimate(), settings };
  const { state, stepMs, horizonMs } = answerSeriesPrediction(view, context);
  // What is violated by its silence has a fresh prediction, and no line that leads on from now.
  if (state !== "fresh" || !isCurrent(view, context)) return undefined;
  const { mean, lower, upper } = model.forecaster.forecast(Math.max(1, Math.round(horizonMs / stepMs)));
  const coverage = model.forecaster.explanation.backtest?.coverage ?? null;
  return {
    originMs: model.toMs - stepMs,
    mean: [...mean],
    lower: [...lower],
    upper: [...upper],
    coverage,
  };
}

/** The whole range, whatever part of it the source answered for; JSON knows neither NaN nor infinity. */
function place(
  { startMs, stepMs, values }: SampledSeries,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): (number | null)[] {
  const offset = Math.round((startMs - fromMs) / stepMs);
  return Array.from({ length: Math.round((toMs - fromMs) / stepMs) }, (_, i) => {
    const value = values[i - offset];
    return Number.isFinite(value) ? value : null;
  });
}
