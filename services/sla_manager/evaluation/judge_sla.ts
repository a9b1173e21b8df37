import { DomainError } from "../../shared/domain/errors.ts";
import type { RangeReading } from "../../shared/ports/metrics_source.ts";
import type { SlaEntry } from "../held/sla_entry.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import type { SlaSettings } from "../settings.ts";
import type { SampleReader } from "../source/read_samples.ts";
import { evaluateReading } from "./evaluate_sla.ts";
import type { Evaluation } from "./evaluation.ts";
import { type EvaluationRange, evaluationRange } from "./evaluation_range.ts";

/** What judging an SLA needs. */
export interface JudgeParts {
  readonly reader: SampleReader;
  readonly settings: SlaSettings;
  /** Stores what a long absence is caught up with, portion by portion. */
  readonly store: (evaluation: Evaluation) => Promise<void>;
  /** Hears in full what a reason tells in few words. */
  readonly onProblem: (error: unknown) => void;
}

/** Most portions in which a long absence is caught up within one evaluation. */
const PORTIONS_MAX = 200;

/** Steps of one portion at most. */
const PORTION_STEPS = 10_000;

/**
 * Reads what an SLA has not seen and judges it. A long absence is caught up in portions that are stored one by one;
 * the evaluation of the last one is still to be stored.
 *
 * @throws {DomainError} What the source or the store says.
 */
export async function judgeSla(entry: SlaEntry, nowMs: number, parts: JudgeParts): Promise<Evaluation> {
  const { settings, store, onProblem } = parts;
  const rules = judgeRules(entry.sla, settings);
  const { stepMs } = rules;
  let range = evaluationRange(entry, nowMs, { rules, settings });
  for (let i = 0; i < PORTIONS_MAX && range.settledToMs - range.fromMs > PORTION_STEPS * stepMs; i++) {
    const toMs = range.fromMs + PORTION_STEPS * stepMs;
    const portion = { fromMs: range.fromMs, settledToMs: toMs, toMs };
    const reading = await readRange(entry, portion, parts);
    await store(evaluateReading(entry, reading, { range: portion, nowMs, settings, onProblem }));
    range = evaluationRange(entry, nowMs, { rules, settings });
    if (range.fromMs > portion.fromMs) continue;
    throw new DomainError("unavailable", "Cannot catch up as what was found could not be stored");
  }
  return evaluateReading(entry, await readRange(entry, range, parts), { range, nowMs, settings, onProblem });
}

async function readRange(
  { sla }: SlaEntry,
  { fromMs, toMs }: EvaluationRange,
  { reader, settings }: JudgeParts,
): Promise<RangeReading> {
  const { stepMs } = judgeRules(sla, settings);
  return await reader.read({ expression: sla.expression, fromMs, toMs, stepMs });
}
