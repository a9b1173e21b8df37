import type { SlaBudgetHistory } from "../api/slas.ts";
import type { Track } from "../charts/data/time_table.ts";

/**
 * What was left at the end of each step: all of it at the start of the window, or when judging began if that was
 * later; so that what was spent since is a line however young it is.
 */
export function spentTrack(
  { fromMs, toMs, stepMs, judgedFromMs, remaining }: Pick<
    SlaBudgetHistory,
    "fromMs" | "toMs" | "stepMs" | "judgedFromMs" | "remaining"
  >,
): Track {
  const begunMs = Math.max(fromMs, judgedFromMs ?? fromMs);
  const ends = remaining.map((left, k) => ({ left, endMs: Math.min(toMs, fromMs + (k + 1) * stepMs) }))
    .filter(({ endMs }) => endMs > begunMs);
  return {
    timesMs: [begunMs, ...ends.map(({ endMs }) => endMs)],
    values: [1, ...ends.map(({ left }) => left)],
  };
}
