import type { SlaDraft } from "../../shared/domain/sla/sla.ts";
import type { SlaPreview } from "../../shared/domain/sla/sla_preview.ts";
import { answerSla } from "../answers/answer_sla.ts";
import { answerPrediction } from "../answers/answer_prediction.ts";
import { describeSamples, SAMPLE_STEPS_MAX } from "../answers/answer_samples.ts";
import { answerStatus } from "../answers/answer_status.ts";
import {
  describeViolations,
  readSpan,
  type SpanReading,
  trailingSpan,
} from "../answers/answer_violations.ts";
import { backfillStep } from "../evaluation/backfill_step.ts";
import { evaluateReading } from "../evaluation/evaluate_sla.ts";
import { acceptEvaluation } from "../evaluation/evaluation.ts";
import { evaluationRange } from "../evaluation/evaluation_range.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import { openEntry, type SlaEntry } from "../held/sla_entry.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import { judgeKey } from "../judging/judged_definition.ts";
import { adoptModels, chooseModels } from "../prediction/choose_models.ts";
import { readDuration } from "../../shared/domain/units/duration_text.ts";
import type { SlaSettings } from "../settings.ts";
import { resolveDraft, resolveEdit } from "./define.ts";
import { warnOfBounds } from "./warn_of_bounds.ts";

/**
 * Judges a draft as if it were an SLA, or that which it is to replace. Stores nothing and tells nobody.
 *
 * @throws {DomainError} `not-found` where there is none to replace.
 */
export async function previewSla(
  evaluator: Evaluator,
  draft: SlaDraft,
  { replaces }: { readonly replaces?: string } = {},
): Promise<SlaPreview> {
  const { parts: { settings, maths }, reader, time } = evaluator;
  const edited = replaces === undefined ? undefined : await evaluator.show(replaces);
  const sla = edited === undefined
    ? await resolveDraft(evaluator, draft, { id: "preview", revision: 1, createdAtMs: null })
    : await resolveEdit(evaluator, draft, edited.sla);
  const entry = openEntry(sla, null);
  const nowMs = time.estimate();
  const rules = judgeRules(sla, settings);
  const onProblem = (error: unknown) => evaluator.parts.onProblem?.({ what: "preview an SLA", error });
  // Twice: the first look finds the series, the second has their forecasters.
  for (const attempt of ["look", "predict"]) {
    const range = evaluationRange(entry, nowMs, { rules, settings });
    const { fromMs, toMs } = range;
    const reading = await reader.read({ expression: sla.expression, fromMs, toMs, stepMs: rules.stepMs });
    const evaluation = evaluateReading(entry, reading, { range, nowMs, settings, onProblem });
    entry.view = evaluation.view;
    acceptEvaluation(evaluation);
    const choices = [...entry.series.values()].filter(({ progress }) => progress.lastAtMs !== null);
    if (attempt === "look" && choices.length > 0) {
      const due = choices.map((series) => ({ entry, series, effort: "quick" as const }));
      adoptModels(entry, await chooseModels(entry, due, { reader, maths, settings, onProblem }));
    }
  }
  const reading = await readSpan(evaluator, sla, trailingSpan(sla, "12h", nowMs));
  accountPast(entry, reading, settings);
  // Nobody heard of alerts that began while it was tried: they are among those that would begin at once. Those of an
  // SLA whose accounting would go on have begun.
  const begun = edited !== undefined && judgeKey(edited.sla) === judgeKey(sla) ? edited.series : undefined;
  for (const [id, series] of entry.series) {
    series.progress = { ...series.progress, alerts: begun?.get(id)?.progress.alerts ?? {} };
  }
  const { span } = reading;
  const status = answerStatus(entry, nowMs, settings);
  const violations = describeViolations(entry, reading, settings);
  // The one whose violations are told; where there are none, the one whose state is.
  const told = violations.violatedMs ? violations.series[0] : status.series[0];
  const { id: _, revision: __, createdAtMs: ___, updatedAtMs: ____, ...described } = sla;
  return {
    sla: {
      ...described,
      warnings: [
        ...answerSla(sla, entry, nowMs, settings).warnings,
        ...warnOfBounds(sla, reading.series, span.window),
      ],
    },
    status,
    violations,
    samples: describeSamples(evaluator, entry, {
      reading,
      fromMs: Math.max(span.fromMs, span.toMs - SAMPLE_STEPS_MAX * rules.stepMs),
      toMs: span.toMs,
      only: told?.seriesId ?? "",
    }),
    prediction: answerPrediction(entry, nowMs, settings),
  };
}

/** Accounts as much of the past as was read, where a target calls for it: what burns in it would alert at once. */
function accountPast(
  entry: SlaEntry,
  { startMs, span: { toMs }, series, ...reading }: SpanReading,
  settings: SlaSettings,
): void {
  const { progress, sla } = entry;
  if (progress === null || progress.backfill.done) return;
  const { backfill } = progress;
  const fromMs = Math.max(backfill.fromMs, startMs);
  const skipped = (fromMs - startMs) / readDuration(sla.step);
  entry.progress = { ...progress, backfill: { ...backfill, fromMs, nextMs: fromMs } };
  const past = series.map((one) => ({ ...one, startMs: fromMs, values: one.values.subarray(skipped) }));
  acceptEvaluation(backfillStep(entry, { ...reading, series: past }, { toMs, settings }));
}
