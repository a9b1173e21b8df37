import type { SlaDraft } from "../../shared/domain/sla/sla.ts";
import type { SlaPreview } from "../../shared/domain/sla/sla_preview.ts";
import { answerSla } from "../answers/answer_sla.ts";
import { answerPrediction } from "../answers/answer_prediction.ts";
import { answerSamples, SAMPLE_STEPS_MAX } from "../answers/answer_samples.ts";
import { answerStatus } from "../answers/answer_status.ts";
import { answerViolations, trailingSpan } from "../answers/answer_violations.ts";
import { evaluateReading } from "../evaluation/evaluate_sla.ts";
import { acceptEvaluation } from "../evaluation/evaluation.ts";
import { evaluationRange } from "../evaluation/evaluation_range.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import { openEntry } from "../held/sla_entry.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import { adoptModels, chooseModels } from "../prediction/choose_models.ts";
import { resolveDraft } from "./define.ts";
import { warnOfBounds } from "./warn_of_bounds.ts";

/** Judges a draft as if it were an SLA. Stores nothing and tells nobody. */
export async function previewSla(evaluator: Evaluator, draft: SlaDraft): Promise<SlaPreview> {
  const { parts: { settings, maths }, reader, time } = evaluator;
  const sla = await resolveDraft(evaluator, draft, { id: "preview", revision: 1, createdAtMs: null });
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
  const status = answerStatus(entry, nowMs, settings);
  const span = trailingSpan(sla, "12h", nowMs);
  const violations = await answerViolations(evaluator, entry, span);
  const { fromMs, toMs, stepMs, window } = violations;
  const judged = await reader.read({ expression: sla.expression, fromMs, toMs, stepMs });
  // The one whose violations are told; where there are none, the one whose state is.
  const told = violations.violatedMs ? violations.series[0] : status.series[0];
  const { id: _, revision: __, createdAtMs: ___, updatedAtMs: ____, ...described } = sla;
  return {
    sla: {
      ...described,
      warnings: [
        ...answerSla(sla, entry, nowMs, settings).warnings,
        ...warnOfBounds(sla, judged.series, window),
      ],
    },
    status,
    violations,
    samples: await answerSamples(evaluator, entry, {
      ...span,
      fromMs: Math.max(span.fromMs, span.toMs - SAMPLE_STEPS_MAX * rules.stepMs),
      only: told?.seriesId ?? "",
    }),
    prediction: answerPrediction(entry, nowMs, settings),
  };
}
