import { formatShare } from "../../../shared/domain/units/quantity.ts";
import type { Sla, SlaBudget, SlaBudgetHistory } from "../api/slas.ts";
import { formatSpent } from "../format/spending.ts";
import { formatSpan, formatTime, formatWindow } from "../format/time.ts";
import { judgedStartMs } from "./judged_start.ts";

/** What becomes of time without samples. */
type NoData = Sla["noData"];

/** Time that was charged to the budget: out of bounds, or without samples where that counts as such. */
export function spentMs(
  { badMs, missingMs }: Pick<SlaBudget, "badMs" | "missingMs">,
  noData: NoData,
): number {
  return badMs + (noData === "violated" ? missingMs : 0);
}

/** Time that has a verdict, by its samples or by what is said of time without. */
export function judgedMs(
  { goodMs, badMs, missingMs }: Pick<SlaBudget, "goodMs" | "badMs" | "missingMs">,
  noData: NoData,
): number {
  return goodMs + badMs + (noData === "unknown" ? 0 : missingMs);
}

/** How long there were no samples, and what that counts as where it counts. */
export function describeWithout(missingMs: number, noData: NoData): string {
  if (missingMs === 0) return "never";
  const counts = {
    unknown: "",
    violated: ", which counts as out of bounds",
    ok: ", which counts as in bounds",
  };
  return `for ${formatSpan(missingMs)}${counts[noData]}`;
}

/** What is to be said beside a time that is said to be judged, where there were no samples in part of it. */
export function describeGaps(missingMs: number, noData: NoData): string {
  if (missingMs === 0) return "";
  const counting = { unknown: "", violated: " counting as out of bounds", ok: " counting as in bounds" };
  return `, ${noData === "unknown" ? "but for " : ""}${formatSpan(missingMs)} without samples${
    counting[noData]
  }`;
}

/** In words: what is left, since when nothing is, and in which step of the history most was spent. */
export function describeSpending(
  history: Pick<
    SlaBudgetHistory,
    "remaining" | "badMs" | "missingMs" | "fromMs" | "toMs" | "stepMs" | "judgedFromMs" | "window"
  >,
  noData: NoData,
): string {
  const { remaining, badMs, missingMs, fromMs, stepMs, judgedFromMs, window } = history;
  const left = remaining.at(-1) ?? null;
  const spent = badMs.map((bad, k) => spentMs({ badMs: bad, missingMs: missingMs[k] }, noData));
  const worst = spent.reduce((best, stepSpentMs, k) => stepSpentMs > spent[best] ? k : best, 0);
  if (left === null || spent[worst] === 0) {
    if (judgedFromMs === null || judgedStartMs(history) === fromMs) {
      return `Nothing of it was spent in the last ${formatWindow(window)}.`;
    }
    const gaps = describeGaps(missingMs.reduce((sum, ms) => sum + ms, 0), noData);
    return `Judged since ${formatTime(judgedFromMs)}${gaps}: nothing of it was spent yet.`;
  }
  const most = `Most was spent in the ${formatStep(stepMs)} from ${formatDay(fromMs + worst * stepMs)}: ${
    describeStep(badMs[worst], spent[worst])
  }.`;
  const emptyAt = remaining.findIndex((share) => share !== null && share <= 0);
  if (emptyAt < 0) return `${formatShare(left, 1)} is left. ${most}`;
  const over = left < 0 ? `; ${formatSpent(1 - left)} what is allowed was spent` : "";
  return `Nothing is left since ${formatDay(fromMs + emptyAt * stepMs)}${over}. ${most}`;
}

function describeStep(badMs: number, allMs: number): string {
  if (badMs === 0) return `${formatSpan(allMs)} without samples, which counts as out of bounds`;
  const all = `${formatSpan(allMs)} out of bounds`;
  return allMs === badMs ? all : `${all}, ${formatSpan(allMs - badMs)} of it without samples`;
}

/** The step of a history is one of the clock: "the hour from 11:00". */
function formatStep(stepMs: number): string {
  return stepMs === 3_600_000 ? "hour" : formatSpan(stepMs);
}

function formatDay(timeMs: number): string {
  return new Date(timeMs).toLocaleString(undefined, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}
