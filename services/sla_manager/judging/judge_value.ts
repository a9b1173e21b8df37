import { formatDuration } from "../../shared/domain/units/duration_text.ts";
import type { OpenRun, SeriesProgress } from "../../shared/domain/sla/sla_progress.ts";
import {
  DIGITS_READ,
  formatApart,
  formatDifference,
  formatProbability,
  formatUtc,
} from "../../shared/domain/units/quantity.ts";
import type { SlaState } from "../../shared/domain/sla/sla_status.ts";
import type { JudgeRules } from "./judge_rules.ts";

/** The reason where no label set of the expression ever had a sample. */
export const NO_SERIES = "the expression yields no series";

/** What one step says about a series. */
export interface Verdict {
  readonly state: SlaState;
  readonly sinceMs: number;
  readonly reason: string;
  readonly clearSinceMs: number | null;
  /** What was at `sinceMs`, where that is not the step that was judged. */
  readonly began?: { readonly value: number | null; readonly reason: string };
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
      const reason = `within bounds and calm again, but not yet for ${formatDuration(rules.riskForMs)}`;
      return { state: "at_risk", sinceMs: atMs, reason, clearSinceMs };
    }
  }
  return {
    state: "ok",
    sinceMs: atMs,
    reason: isWithin(value, rules),
    clearSinceMs: null,
  };
}

function judgeRun(run: OpenRun, { value, rules }: JudgedStep): Verdict {
  const outside = describeRun(value, run, rules);
  if (run.counted) {
    const { firstValue: first } = run;
    const began = { value: first, reason: first === null ? outside : describeRun(first, run, rules) };
    return { state: "violated", sinceMs: run.fromMs, reason: outside, clearSinceMs: null, began };
  }
  const reason = `${outside}, tolerated while shorter than ${formatDuration(rules.toleranceMs)}`;
  return { state: "at_risk", sinceMs: run.fromMs, reason, clearSinceMs: null };
}

function describeRun(value: number, { bound }: OpenRun, rules: JudgeRules): string {
  return bound === "max"
    ? compare(value, "is above the maximum of", rules.max, rules)
    : compare(value, "is below the minimum of", rules.min, rules);
}

function judgeMissing(progress: SeriesProgress, step: JudgedStep): Verdict {
  const { atMs, rules } = step;
  const { lastAtMs, lastValue, state } = progress;
  const ageMs = lastAtMs === null ? Infinity : atMs - lastAtMs;
  if (ageMs < rules.staleAfterMs && state !== null && lastAtMs !== null) {
    // A prediction made since the last sample may have found what it does not show.
    const cause = state === "ok" && lastValue !== null
      ? riskCause(progress, { ...step, value: lastValue })
      : null;
    if (cause !== null) return { state: "at_risk", sinceMs: atMs, reason: cause, clearSinceMs: null };
    return { state, sinceMs: progress.sinceMs, reason: progress.reason, clearSinceMs: progress.clearSinceMs };
  }
  const found = lastAtMs === null ? NO_SERIES : `no sample since ${formatUtc(lastAtMs)}` +
    (ageMs < rules.staleAfterMs ? "" : `, for longer than ${formatDuration(rules.staleAfterMs)}`);
  const policy: SlaState = rules.noData;
  const reason = policy === "unknown" ? found : `${found}; no data means ${policy} here`;
  return { state: policy, sinceMs: atMs, reason, clearSinceMs: null };
}

/** Why a value within bounds calls for attention, `null` when nothing does. */
function riskCause(progress: SeriesProgress, { atMs, value, rules }: JudgedStep): string | null {
  const { min, max, warnMin, warnMax, unit } = rules;
  if (warnMax !== null && value > warnMax) {
    return compare(value, "is within bounds, but above the warning bound of", warnMax, rules);
  }
  if (warnMin !== null && value < warnMin) {
    return compare(value, "is within bounds, but below the warning bound of", warnMin, rules);
  }
  const { probability, active, untilMs } = progress.risk;
  if (!active || probability === null || atMs >= untilMs) return null;
  const [found] = formatApart([value, min, max], unit, { digits: DIGITS_READ });
  const percent = formatProbability(probability);
  // Below the threshold at which it began the number alone would look like a mistake.
  const how = probability >= rules.riskThreshold
    ? `is probable: ${percent}`
    : `stays probable: ${percent} (ok again below ${formatProbability(rules.riskExit)})`;
  return `${found} is within bounds, but a violation ${how}`;
}

/** A reason that rests on a prediction, once that has expired: it tells of then, and not of now. */
export function asOfLastSample(reason: string): string {
  return reason.replace(
    /a violation (is|stays) probable:/,
    "a violation was probable when the samples ended:",
  );
}

function isWithin(value: number, rules: JudgeRules): string {
  const { min, max, unit } = rules;
  if (min === null) {
    return compare(value, value === max ? "is at the maximum of" : "is below the maximum of", max, rules);
  }
  if (max === null) {
    return compare(value, value === min ? "is at the minimum of" : "is above the minimum of", min, rules);
  }
  const [found, low, high] = formatApart([value, min, max], unit, { digits: DIGITS_READ });
  return `${found} is within ${low} … ${high}`;
}

function compare(value: number, how: string, bound: number | null, { unit }: JudgeRules): string {
  const [found, allowed] = formatApart([value, bound ?? NaN], unit, { digits: DIGITS_READ });
  if (bound === null || value === bound || found !== allowed) return `${found} ${how} ${allowed}`;
  // Bounds taken from samples have all digits of a double: the last of seventeen say nothing, their difference does.
  return `${found} ${how} ${allowed}, by ${
    formatDifference(Math.abs(value - bound), unit, { style: "long" })
  }`;
}
