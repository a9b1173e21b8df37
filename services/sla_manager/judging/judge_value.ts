import { formatDuration } from "../../shared/domain/duration.ts";
import type { OpenRun, SeriesProgress } from "../../shared/domain/sla_progress.ts";
import type { SlaState } from "../../shared/domain/sla_status.ts";
import type { JudgeRules } from "./judge_rules.ts";

/** What one step says about a series. */
export interface Verdict {
  readonly state: SlaState;
  readonly sinceMs: number;
  readonly reason: string;
  readonly clearSinceMs: number | null;
}

/** One step to judge: its value (`NaN` when there is none) and the run out of bounds that it belongs to. */
export interface JudgedStep {
  readonly atMs: number;
  readonly value: number;
  readonly run: OpenRun | null;
  readonly rules: JudgeRules;
}

/**
 * Judges one step: the state, since when, and why in words.
 *
 * `at_risk` begins at once and ends only after `riskForMs` without a cause, so that a probability that swings around
 * its threshold is one stretch and not twenty.
 */
export function judgeValue(progress: SeriesProgress, step: JudgedStep): Verdict {
  const { atMs, value, run, rules } = step;
  if (Number.isNaN(value)) return judgeMissing(progress, step);
  if (run !== null) return judgeRun(run, step);
  const cause = riskCause(progress, step);
  if (cause !== null) return { state: "at_risk", sinceMs: atMs, reason: cause, clearSinceMs: null };
  if (progress.state === "at_risk") {
    const clearSinceMs = progress.clearSinceMs ?? atMs;
    if (atMs - clearSinceMs < rules.riskForMs) {
      const reason = `within bounds and calm, but for less than ${formatDuration(rules.riskForMs)}`;
      return { state: "at_risk", sinceMs: atMs, reason, clearSinceMs };
    }
  }
  return {
    state: "ok",
    sinceMs: atMs,
    reason: `${number(value)} is within ${range(rules)}`,
    clearSinceMs: null,
  };
}

function judgeRun(run: OpenRun, { value, rules }: JudgedStep): Verdict {
  const bound = run.bound === "max" ? rules.max : rules.min;
  const side = run.bound === "max" ? "above the maximum" : "below the minimum";
  const outside = `${number(value)} is ${side} of ${number(bound)}`;
  if (run.counted) return { state: "violated", sinceMs: run.fromMs, reason: outside, clearSinceMs: null };
  const reason = `${outside}, tolerated while shorter than ${formatDuration(rules.toleranceMs)}`;
  return { state: "at_risk", sinceMs: run.fromMs, reason, clearSinceMs: null };
}

function judgeMissing(progress: SeriesProgress, { atMs, rules }: JudgedStep): Verdict {
  const { lastAtMs, state } = progress;
  const ageMs = lastAtMs === null ? Infinity : atMs - lastAtMs;
  if (ageMs < rules.staleAfterMs && state !== null && lastAtMs !== null && progress.failedSinceMs === null) {
    return { state, sinceMs: progress.sinceMs, reason: progress.reason, clearSinceMs: progress.clearSinceMs };
  }
  const found = lastAtMs === null
    ? "no sample"
    : `no sample since ${new Date(lastAtMs).toISOString()}, longer than ${
      formatDuration(rules.staleAfterMs)
    }`;
  const policy: SlaState = rules.noData;
  const reason = policy === "unknown" ? found : `${found}; no data means ${policy} here`;
  return { state: policy, sinceMs: atMs, reason, clearSinceMs: null };
}

/** Why a value within bounds calls for attention, `null` when nothing does. */
function riskCause(progress: SeriesProgress, { atMs, value, rules }: JudgedStep): string | null {
  if (rules.warnMax !== null && value > rules.warnMax) {
    return `${number(value)} is within bounds, but above the warning bound of ${number(rules.warnMax)}`;
  }
  if (rules.warnMin !== null && value < rules.warnMin) {
    return `${number(value)} is within bounds, but below the warning bound of ${number(rules.warnMin)}`;
  }
  const { probability, active, untilMs } = progress.risk;
  if (!active || probability === null || atMs >= untilMs) return null;
  return `${number(value)} is within bounds, but a violation is probable: ${Math.round(100 * probability)} %`;
}

function range({ min, max }: JudgeRules): string {
  if (min === null) return `the maximum of ${number(max)}`;
  return max === null ? `the minimum of ${number(min)}` : `[${number(min)}, ${number(max)}]`;
}

/** Seven digits are enough for a sentence; the exact value stands beside it. */
function number(value: number | null): string {
  return value === null ? "none" : String(Number(value.toPrecision(7)));
}
