import { seriesId } from "../../shared/domain/labels.ts";
import { countObserved } from "../../shared/domain/results/count_observed.ts";
import { describeTooFew, tooFewSamples } from "../../shared/domain/results/too_few_samples.ts";
import { formatUtc } from "../../shared/domain/units/quantity.ts";
import type { StoredModel } from "../../shared/ports/sla_progress_store.ts";
import { openModel, type SeriesEntry, type SlaEntry } from "../held/sla_entry.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import { lookbackOf, type SlaSettings } from "../settings.ts";
import type { SampleReader } from "../source/read_samples.ts";
import type { Maths } from "./maths.ts";
import { observedValues } from "./observed_values.ts";

/** One choice to make. */
export interface DueChoice {
  readonly entry: SlaEntry;
  readonly series: SeriesEntry;
  readonly effort: StoredModel["effort"];
}

/**
 * Which label sets are to get a forecasting method now: those without one first, by a quick choice; then those that
 * had a quick one only, then those whose choice is oldest, of those that were outgrown or have had it for the
 * interval. Limits spread the work over the evaluations.
 *
 * Depends on what is stored alone, so that a service that was killed makes the same choices again.
 */
export function dueChoices(
  entries: Iterable<SlaEntry>,
  settings: Pick<SlaSettings, "chooseIntervalMs" | "choicesMax">,
): DueChoice[] {
  const quick: DueChoice[] = [];
  const full: DueChoice[] = [];
  for (const entry of entries) {
    for (const series of entry.series.values()) {
      const { model, progress: { lastAtMs, hidden } } = series;
      if (lastAtMs === null || hidden !== null || lastAtMs < series.chooseAgainMs) continue;
      if (model === null) quick.push({ entry, series, effort: "quick" });
      else if (
        model.effort === "quick" || model.forecaster.isOutgrown ||
        lastAtMs - model.chosenAtMs >= settings.chooseIntervalMs
      ) {
        full.push({ entry, series, effort: "full" });
      }
    }
  }
  const age = ({ series: { model } }: DueChoice): number => model!.effort === "quick" ? 0 : model!.chosenAtMs;
  full.sort((a, b) => age(a) - age(b));
  return [...quick.slice(0, settings.choicesMax.quick), ...full.slice(0, settings.choicesMax.full)];
}

/** How long a label set for which nothing could be chosen waits for its next turn. */
const CHOOSE_AGAIN_MS = 120_000;

/**
 * Chooses for one SLA from the samples before its next step; a label set that can't be forecast keeps what it has.
 */
export async function chooseModels(
  entry: SlaEntry,
  choices: readonly DueChoice[],
  parts: {
    readonly reader: SampleReader;
    readonly maths: Maths;
    readonly settings: SlaSettings;
    readonly onProblem: (error: unknown) => void;
  },
): Promise<readonly StoredModel[]> {
  const { reader, maths, settings, onProblem } = parts;
  const { stepMs } = judgeRules(entry.sla, settings);
  const toMs = Math.max(...choices.map(({ series }) => series.progress.account.toMs));
  const fromMs = Math.ceil((toMs - lookbackOf(settings, stepMs)) / stepMs) * stepMs;
  const reading = await reader.read({ expression: entry.sla.expression, fromMs, toMs, stepMs });
  const sampled = new Map(reading.series.map((series) => [seriesId(series.labels), series]));
  const horizon = Math.max(1, Math.round(settings.horizonMs / stepMs));
  const chosen = await Promise.all(choices.map(async ({ series, effort }): Promise<StoredModel | null> => {
    const { seriesId: id, lastAtMs } = series.progress;
    const samples = sampled.get(id);
    if (samples === undefined || lastAtMs === null) return null;
    // Whatever goes wrong from here on is not tried again at once.
    series.chooseAgainMs = lastAtMs + CHOOSE_AGAIN_MS;
    const knownToMs = lastAtMs + stepMs;
    const values = observedValues(samples, knownToMs);
    const tooFew = tooFewSamples(countObserved(values), {
      horizonMs: settings.horizonMs,
      stepMs,
      lookbackMs: lookbackOf(settings, stepMs),
    });
    series.tooFew = tooFew && { ...tooFew, toMs: knownToMs };
    if (tooFew !== null) {
      series.unpredictable = describeTooFew({ ...tooFew, toMs: knownToMs });
      const lacking = tooFew.needed - tooFew.found;
      series.chooseAgainMs = lastAtMs + Math.min(CHOOSE_AGAIN_MS, lacking * stepMs);
      return null;
    }
    try {
      const json = JSON.stringify(await maths.choose(values, { stepMs, effort, horizon }));
      series.chooseAgainMs = 0;
      series.unpredictable = null;
      return { slaId: entry.sla.id, seriesId: id, chosenAtMs: knownToMs, effort, json };
    } catch (error) {
      // One that can't be forecast must not take the others with it.
      onProblem(error);
      series.unpredictable =
        `the choice of a forecasting method failed, the log says why; it is tried again from ${
          formatUtc(series.chooseAgainMs)
        } on`;
      return null;
    }
  }));
  return chosen.filter((model) => model !== null);
}

/** Makes what was chosen the methods of an SLA's label sets. To be called while it is not being evaluated. */
export function adoptModels(entry: SlaEntry, models: readonly StoredModel[]): void {
  for (const model of models) {
    const series = entry.series.get(model.seriesId);
    if (series !== undefined) series.model = openModel(model) ?? series.model;
  }
}
