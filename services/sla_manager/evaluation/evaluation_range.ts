import { FIRST_LOOK_MS, type SlaEntry } from "../held/sla_entry.ts";
import type { JudgeRules } from "../judging/judge_rules.ts";
import { lookbackOf, type SlaSettings } from "../settings.ts";

/** The steps an evaluation looks at: `[fromMs, toMs)`, of which those before `settledToMs` are accounted. */
export interface EvaluationRange {
  readonly fromMs: number;
  readonly settledToMs: number;
  readonly toMs: number;
}

/** Which steps an SLA needs at the source's now. */
export function evaluationRange(
  entry: SlaEntry,
  nowMs: number,
  context: { readonly rules: JudgeRules; readonly settings: SlaSettings },
): EvaluationRange {
  const { rules: { stepMs }, settings } = context;
  const settleMs = settings.settleMs ?? stepMs;
  const toMs = Math.floor(nowMs / stepMs) * stepMs + stepMs;
  const settledToMs = Math.floor((nowMs - settleMs) / stepMs) * stepMs + stepMs;
  const firstMs = Math.floor((settledToMs - FIRST_LOOK_MS) / stepMs) * stepMs;
  let fromMs = entry.progress === null ? firstMs : settledToMs;
  for (const { progress, recent, model } of entry.series.values()) {
    if (entry.progress !== null) fromMs = Math.min(fromMs, progress.account.toMs);
    // After a restart, the samples beside the status and those the forecaster has not seen are read once more.
    if (recent === null) fromMs = Math.min(fromMs, firstMs);
    // One that has seen all samples there were needs none of the time without.
    if (model !== null && (progress.lastAtMs === null || model.toMs <= progress.lastAtMs)) {
      fromMs = Math.min(fromMs, Math.max(model.toMs, settledToMs - lookbackOf(settings, stepMs)));
    }
  }
  return { fromMs: Math.ceil(fromMs / stepMs) * stepMs, settledToMs, toMs };
}
