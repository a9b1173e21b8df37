import {
  advance,
  newSeriesProgress,
  type StateChange,
} from "../../../../services/sla_manager/judging/advance.ts";
import { HourDeltas } from "../../../../services/sla_manager/budget/hour_deltas.ts";
import type { JudgeRules } from "../../../../services/sla_manager/judging/judge_rules.ts";
import { NO_UNIT } from "../../../../services/shared/domain/units/unit.ts";
import type { SeriesProgress } from "../../../../services/shared/domain/sla/sla_progress.ts";

/** Between two values, ms. */
export const STEP = 60_000;
/** Within 0 … 10, nothing tolerated. */
export const RULES: JudgeRules = {
  unit: NO_UNIT,
  min: 0,
  max: 10,
  warnMin: null,
  warnMax: null,
  noData: "unknown",
  stepMs: STEP,
  toleranceMs: 0,
  staleAfterMs: 3 * STEP,
  riskForMs: 2 * STEP,
  riskThreshold: 0.5,
  riskExit: 0.4,
};

/** How far to walk. */
export const UNTIL = (steps: number) => ({ toMs: steps * STEP, nowMs: steps * STEP, rules: RULES });

/** Walks a fresh series through values, in portions. */
export function walk(
  values: readonly number[],
  rules: JudgeRules = RULES,
  portions: readonly number[] = [values.length],
) {
  let progress: SeriesProgress = { ...newSeriesProgress("id", {}, 0), state: "ok", reason: "before" };
  const changes: StateChange[] = [];
  const totals = new HourDeltas();
  let done = 0;
  for (const portion of [...portions, values.length]) {
    const end = Math.min(values.length, done + portion);
    const samples = { startMs: done * STEP, values: values.slice(done, end) };
    const walked = advance(progress, samples, { toMs: end * STEP, nowMs: end * STEP, rules, totals });
    changes.push(...walked.changes);
    progress = walked.progress;
    done = end;
  }
  return { progress, changes, buckets: totals.buckets("id") };
}

/** To what state each change was, and at which step. */
export const states = (changes: readonly StateChange[]) => changes.map(({ to, atMs }) => [to, atMs / STEP]);
