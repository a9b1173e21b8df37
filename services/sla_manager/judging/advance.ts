import type { SeriesProgress } from "../../shared/domain/sla/sla_progress.ts";
import type { SlaState } from "../../shared/domain/sla/sla_status.ts";
import {
  type AccountDraft,
  accountStep,
  draftAccount,
  emptyAccount,
  type VerdictSink,
} from "./account_step.ts";
import type { JudgeRules } from "./judge_rules.ts";
import { judgeValue, type Verdict } from "./judge_value.ts";

/** A state that changed. */
export interface StateChange {
  readonly from: SlaState | null;
  readonly to: SlaState;
  readonly atMs: number;
  readonly value: number | null;
  readonly reason: string;
}

/** Samples on the grid; entry k is at `startMs + k · stepMs`. */
export interface GridSamples {
  readonly startMs: number;
  readonly values: ArrayLike<number>;
}

/** A label set seen for the first time, to be judged from `fromMs` on. */
export function newSeriesProgress(
  seriesId: string,
  labels: Readonly<Record<string, string>>,
  fromMs: number,
): SeriesProgress {
  return {
    seriesId,
    labels,
    account: emptyAccount(fromMs),
    state: null,
    sinceMs: fromMs,
    reason: "not judged yet",
    lastValue: null,
    lastAtMs: null,
    changedAtMs: fromMs,
    failedSinceMs: null,
    risk: { probability: null, active: false, untilMs: fromMs },
    clearSinceMs: null,
    alerts: {},
    unpredictable: null,
  };
}

/**
 * Takes one label set through its samples, step by step, up to `toMs`, and tells every change of state on the way.
 *
 * Pure, and the same whatever the portions: a service that was away for an hour finds the same changes as one that
 * looked every 30 s. Two exceptions are told at their end only, as one change: the first look at a series, and the time
 * in which the source failed. O(steps).
 */
export function advance(
  progress: SeriesProgress,
  samples: GridSamples,
  options: { readonly toMs: number; readonly rules: JudgeRules; readonly totals: VerdictSink },
): { readonly progress: SeriesProgress; readonly changes: readonly StateChange[] } {
  const { toMs, rules, totals } = options;
  const { stepMs } = rules;
  const quiet = progress.state === null || progress.failedSinceMs !== null;
  const account: AccountDraft = draftAccount(progress.account);
  const changes: StateChange[] = [];
  const draft = { ...progress };
  while (account.toMs + stepMs <= toMs) {
    const atMs = account.toMs;
    const index = Math.round((atMs - samples.startMs) / stepMs);
    const value = index >= 0 && index < samples.values.length ? samples.values[index] : NaN;
    const run = accountStep(account, value, rules, totals);
    if (!Number.isNaN(value)) {
      draft.lastValue = value;
      draft.lastAtMs = atMs;
      draft.failedSinceMs = null;
    }
    follow(draft, judgeValue(draft, { atMs, value, run, rules }), quiet ? null : changes);
  }
  draft.account = account;
  if (quiet && account.toMs > progress.account.toMs) {
    draft.failedSinceMs = null;
    tellOutcome(draft, progress, changes);
  }
  return { progress: draft, changes };
}

/** Judges again what the newest step showed, after a new prediction. */
export function rejudge(
  progress: SeriesProgress,
  rules: JudgeRules,
): { readonly progress: SeriesProgress; readonly changes: readonly StateChange[] } {
  if (progress.state === null || progress.failedSinceMs !== null) return { progress, changes: [] };
  const atMs = progress.account.toMs - rules.stepMs;
  const draft = { ...progress };
  const changes: StateChange[] = [];
  const value = progress.lastAtMs === atMs && progress.lastValue !== null ? progress.lastValue : NaN;
  follow(draft, judgeValue(draft, { atMs, value, run: progress.account.run, rules }), changes);
  return { progress: draft, changes };
}

/** The state of a series whose source fails: unknown, whatever the policy for no data. */
export function fail(
  progress: SeriesProgress,
  atMs: number,
  reason: string,
): { readonly progress: SeriesProgress; readonly changes: readonly StateChange[] } {
  const draft = { ...progress, failedSinceMs: progress.failedSinceMs ?? atMs };
  const changes: StateChange[] = [];
  follow(draft, { state: "unknown", sinceMs: atMs, reason, clearSinceMs: null }, changes);
  return { progress: draft, changes };
}

/** Makes the verdict the state, and notes the change if it is one. */
function follow(draft: SeriesProgress, verdict: Verdict, changes: StateChange[] | null): void {
  const from = draft.state;
  draft.reason = verdict.reason;
  draft.clearSinceMs = verdict.clearSinceMs;
  if (from === verdict.state) return;
  draft.state = verdict.state;
  draft.sinceMs = verdict.sinceMs;
  if (changes === null) return;
  const atMs = Math.max(verdict.sinceMs, draft.changedAtMs);
  draft.changedAtMs = atMs;
  changes.push({ from, to: verdict.state, atMs, value: draft.lastValue, reason: verdict.reason });
}

/** One change for a stretch that was walked quietly, if its end differs from its beginning. */
function tellOutcome(draft: SeriesProgress, before: SeriesProgress, changes: StateChange[]): void {
  if (draft.state === before.state || draft.state === null) return;
  const atMs = Math.max(draft.sinceMs, before.changedAtMs);
  draft.changedAtMs = atMs;
  changes.push({ from: before.state, to: draft.state, atMs, value: draft.lastValue, reason: draft.reason });
}
