import type { Account, OpenRun, StepVerdict } from "../../shared/domain/sla/sla_progress.ts";
import type { BoundName } from "../../shared/domain/sla/sla_violations.ts";
import { brokenBound, type JudgeRules } from "./judge_rules.ts";

/** How far back verdicts are kept step by step: the longest burn-rate window that is exact to the step. */
export const RECENT_VERDICTS_MS = 6 * 3_600_000;

/** Takes steps as they are accounted. */
export interface VerdictSink {
  add(atMs: number, durationMs: number, verdict: StepVerdict): void;
}

/** An account while steps are added to it. */
export interface AccountDraft {
  readonly fromMs: number | null;
  toMs: number;
  run:
    | { bound: BoundName; fromMs: number; steps: number; counted: boolean; firstValue: number | null }
    | null;
  recent: [number, number, StepVerdict][];
}

/** An account with nothing in it, about to account the step at `fromMs`. */
export function emptyAccount(fromMs: number): Account {
  return { fromMs, toMs: fromMs, run: null, recent: [] };
}

/** A copy that may be changed. O(runs of the last six hours). */
export function draftAccount(account: Account): AccountDraft {
  return {
    fromMs: account.fromMs,
    toMs: account.toMs,
    run: account.run === null ? null : { ...account.run },
    recent: account.recent.map(([fromMs, toMs, verdict]) => [fromMs, toMs, verdict]),
  };
}

/**
 * Accounts the step at `draft.toMs`: good, bad or missing.
 *
 * A run out of bounds counts, from its first step, as soon as it is as long as the tolerance; until then its steps
 * wait, and become good ones if it ends before. A step without a sample ends a run. O(1) but for the steps that
 * waited.
 *
 * @param value The sample, `NaN` when there is none.
 * @returns The run the step belongs to, `null` when it is not out of bounds.
 */
export function accountStep(
  draft: AccountDraft,
  value: number,
  rules: JudgeRules,
  totals: VerdictSink,
): OpenRun | null {
  const atMs = draft.toMs;
  const { stepMs } = rules;
  draft.toMs = atMs + stepMs;
  const missing = Number.isNaN(value);
  const bound = missing ? null : brokenBound(value, rules);
  if (bound === null || draft.run?.bound !== bound) closeRun(draft, rules, totals);
  if (bound === null) {
    add(draft, { fromMs: atMs, steps: 1, stepMs, verdict: missing ? "missing" : "good" }, totals);
    return null;
  }
  draft.run ??= { bound, fromMs: atMs, steps: 0, counted: false, firstValue: value };
  const run = draft.run;
  run.steps++;
  if (run.counted) {
    add(draft, { fromMs: atMs, steps: 1, stepMs, verdict: "bad" }, totals);
  } else if (run.steps * stepMs >= rules.toleranceMs) {
    run.counted = true;
    add(draft, { fromMs: run.fromMs, steps: run.steps, stepMs, verdict: "bad" }, totals);
  }
  return run;
}

/** Ends the open run; one that was tolerated to its end was good all along. */
export function closeRun(
  draft: AccountDraft,
  { stepMs }: Pick<JudgeRules, "stepMs">,
  totals: VerdictSink,
): void {
  const { run } = draft;
  if (run !== null && !run.counted) {
    add(draft, { fromMs: run.fromMs, steps: run.steps, stepMs, verdict: "good" }, totals);
  }
  draft.run = null;
}

/** Steps of one verdict, one after another. */
interface Steps {
  readonly fromMs: number;
  readonly steps: number;
  readonly stepMs: number;
  readonly verdict: StepVerdict;
}

function add(draft: AccountDraft, { fromMs, steps, stepMs, verdict }: Steps, totals: VerdictSink): void {
  for (let i = 0; i < steps; i++) totals.add(fromMs + i * stepMs, stepMs, verdict);
  const toMs = fromMs + steps * stepMs;
  const last = draft.recent.at(-1);
  if (last !== undefined && last[2] === verdict && last[1] === fromMs) last[1] = toMs;
  else draft.recent.push([fromMs, toMs, verdict]);
  const oldestMs = toMs - RECENT_VERDICTS_MS;
  while (draft.recent[0][1] <= oldestMs) draft.recent.shift();
  if (draft.recent[0][0] < oldestMs) draft.recent[0][0] = oldestMs;
}
