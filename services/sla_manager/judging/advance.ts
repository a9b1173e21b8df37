import type { HiddenState, SeriesProgress } from "../../shared/domain/sla/sla_progress.ts";
import type { SlaState } from "../../shared/domain/sla/sla_status.ts";
import { formatUtc } from "../../shared/domain/units/quantity.ts";
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
  /** The value of that moment, `null` where there is none. */
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
    sinceAtLeast: false,
    reason: "not judged yet",
    lastValue: null,
    lastAtMs: null,
    changedAtMs: fromMs,
    hidden: null,
    risk: { probability: null, active: false, untilMs: fromMs },
    clearSinceMs: null,
    alerts: {},
    unpredictable: null,
    tooFew: null,
  };
}

/** How far to walk, and by what. */
export interface AdvanceOptions {
  readonly toMs: number;
  /** The source's now. */
  readonly nowMs: number;
  readonly rules: JudgeRules;
  readonly totals: VerdictSink;
}

/**
 * Takes one label set through its samples, step by step, up to `toMs`, and tells every change of state on the way.
 *
 * Pure, and the same whatever the portions: a service that was away for an hour finds the same changes as one that
 * looked every 30 s. Two exceptions are told as one change at the sample from which the state is known: the first
 * look at a series, and the time in which the source failed. Since when it is in that state is said as if somebody
 * had looked. O(steps).
 */
export function advance(
  progress: SeriesProgress,
  samples: GridSamples,
  options: AdvanceOptions,
): { readonly progress: SeriesProgress; readonly changes: readonly StateChange[] } {
  const { toMs, nowMs, rules, totals } = options;
  const { stepMs } = rules;
  const { hidden } = progress;
  if (progress.account.toMs + stepMs > toMs) return { progress, changes: [] };
  const quiet = progress.state === null || hidden !== null;
  const account: AccountDraft = draftAccount(progress.account);
  const changes: StateChange[] = [];
  const draft = { ...progress, ...hidden, hidden: null };
  while (account.toMs + stepMs <= toMs) {
    const atMs = account.toMs;
    const index = Math.round((atMs - samples.startMs) / stepMs);
    const value = index >= 0 && index < samples.values.length ? samples.values[index] : NaN;
    const run = accountStep(account, value, rules, totals);
    if (!Number.isNaN(value)) [draft.lastValue, draft.lastAtMs] = [value, atMs];
    follow(draft, judgeValue(draft, { atMs, value, run, rules }), { value, changes: quiet ? null : changes });
  }
  draft.account = account;
  if (hidden !== null && draft.lastAtMs === progress.lastAtMs && !isSilent(draft, rules)) {
    return { progress: stayUnknown(progress, draft), changes: [] };
  }
  if (quiet) tellOutcome(draft, progress, { nowMs, rules, changes });
  return { progress: draft, changes };
}

/** Judges again what the newest step showed, after a new prediction. */
export function rejudge(
  progress: SeriesProgress,
  rules: JudgeRules,
): { readonly progress: SeriesProgress; readonly changes: readonly StateChange[] } {
  if (progress.state === null || progress.hidden !== null) return { progress, changes: [] };
  const atMs = progress.account.toMs - rules.stepMs;
  const draft = { ...progress };
  const changes: StateChange[] = [];
  const value = progress.lastAtMs === atMs && progress.lastValue !== null ? progress.lastValue : NaN;
  follow(draft, judgeValue(draft, { atMs, value, run: progress.account.run, rules }), { value, changes });
  return { progress: draft, changes };
}

/** The state of a series whose source fails: unknown, whatever the policy for no data. */
export function fail(
  progress: SeriesProgress,
  atMs: number,
  reason: string,
): { readonly progress: SeriesProgress; readonly changes: readonly StateChange[] } {
  const draft = { ...progress, hidden: progress.hidden ?? stateOf(progress) };
  const changes: StateChange[] = [];
  const verdict: Verdict = { state: "unknown", sinceMs: atMs, reason, clearSinceMs: null };
  follow(draft, verdict, { value: NaN, changes });
  return { progress: draft, changes };
}

/**
 * Makes the verdict the state, and notes the change if it is one: with the value of its moment, `NaN` when there is
 * none.
 */
function follow(
  draft: SeriesProgress,
  verdict: Verdict,
  { value, changes }: { readonly value: number; readonly changes: StateChange[] | null },
): void {
  const from = draft.state;
  draft.reason = verdict.reason;
  draft.clearSinceMs = verdict.clearSinceMs;
  if (from === verdict.state) return;
  draft.state = verdict.state;
  // A run that is counted began where it was tolerated: the same moment may be the edge of the look still.
  draft.sinceAtLeast = draft.sinceAtLeast && verdict.sinceMs === draft.sinceMs;
  draft.sinceMs = verdict.sinceMs;
  if (changes === null) return;
  const atMs = Math.max(verdict.sinceMs, draft.changedAtMs);
  draft.changedAtMs = atMs;
  const { value: found, reason } = verdict.began ?? { value, reason: verdict.reason };
  changes.push({
    from,
    to: verdict.state,
    atMs,
    value: atMs === verdict.sinceMs ? toFinite(found) : null,
    reason,
  });
}

/** Whether the newest sample says nothing about the newest step any more. */
function isSilent({ account, lastAtMs }: SeriesProgress, { stepMs, staleAfterMs }: JudgeRules): boolean {
  return lastAtMs === null || account.toMs - stepMs - lastAtMs >= staleAfterMs;
}

/** The source answers again, but has no new sample yet: nobody can tell. */
function stayUnknown(progress: SeriesProgress, walked: SeriesProgress): SeriesProgress {
  const reason = `no sample since ${formatUtc(progress.lastAtMs!)}; it could not be judged meanwhile`;
  return { ...progress, account: walked.account, hidden: stateOf(walked), reason };
}

function stateOf({ state, sinceMs, sinceAtLeast, clearSinceMs }: SeriesProgress): HiddenState {
  return { state, sinceMs, sinceAtLeast, clearSinceMs };
}

/** One change for a stretch that was walked quietly, if its end differs from its beginning. */
function tellOutcome(
  draft: SeriesProgress,
  before: SeriesProgress,
  { nowMs, rules, changes }: {
    readonly nowMs: number;
    readonly rules: JudgeRules;
    readonly changes: StateChange[];
  },
): void {
  const { state, lastAtMs, lastValue } = draft;
  if (state === before.state || state === null) {
    // Whatever was found on the way, it was this all along as far as anybody knew.
    [draft.sinceMs, draft.sinceAtLeast] = [before.sinceMs, before.sinceAtLeast];
    return;
  }
  const newestMs = draft.account.toMs - rules.stepMs;
  const isSampled = !isSilent(draft, rules);
  const foundMs = isSampled ? lastAtMs! : newestMs;
  // Where the source was away between two samples, or the SLA is younger than the step that has settled, it is known
  // since now, by a sample from before.
  const isOlder = foundMs < before.changedAtMs;
  const atMs = isOlder ? Math.max(nowMs, before.changedAtMs) : foundMs;
  const value = isSampled && !isOlder ? toFinite(lastValue) : null;
  // That there is no sample began when somebody asked for one.
  if (isOlder && !isSampled) [draft.sinceMs, draft.sinceAtLeast] = [atMs, false];
  const { sinceMs, sinceAtLeast, reason } = draft;
  const since = isSampled && sinceMs < atMs
    ? `; by its samples ${sinceAtLeast ? "at least " : ""}since ${formatUtc(sinceMs)}`
    : "";
  changes.push({ from: before.state, to: state, atMs, value, reason: reason + since });
  draft.changedAtMs = atMs;
}

/** JSON has no other numbers. */
function toFinite(value: number | null): number | null {
  return Number.isFinite(value) ? value : null;
}
