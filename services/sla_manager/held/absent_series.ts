import type { SeriesProgress } from "../../shared/domain/sla/sla_progress.ts";
import type { JudgeRules } from "../judging/judge_rules.ts";

/** Label sets of one SLA that have no samples any more, while others have. */
export interface AbsentSeries {
  /** Those that count no more, by id. */
  readonly retired: ReadonlySet<string>;
  /** Until when others count, if they stay absent and their fellows do not, epoch ms. */
  readonly heldToMs: ReadonlyMap<string, number>;
}

/**
 * Which label sets have vanished for good, as far as the state of an SLA goes: another one had samples for
 * `retireAfterMs` since. A target that is gone would otherwise speak for all that are left; before, it may be the
 * outage.
 *
 * Only time in which another one had samples counts, so that none leaves for a source that was away; and none leaves
 * where that there is no data is a violation. Depends on what is stored alone. O(absent series · series).
 */
export function findAbsent(
  series: Iterable<SeriesProgress>,
  { rules, retireAfterMs }: {
    readonly rules: Pick<JudgeRules, "staleAfterMs" | "stepMs" | "noData">;
    readonly retireAfterMs: number;
  },
): AbsentSeries {
  const all = [...series];
  const retired = new Set<string>();
  const heldToMs = new Map<string, number>();
  if (rules.noData === "violated") return { retired, heldToMs };
  const toMs = Math.max(...all.map(({ account }) => account.toMs));
  const isAbsent = ({ lastAtMs }: SeriesProgress): boolean =>
    lastAtMs !== null && toMs - lastAtMs > rules.staleAfterMs;
  const isAnyThere = all.some((one) => one.lastAtMs !== null && !isAbsent(one));
  for (const one of all.filter(isAbsent)) {
    const sinceMs = one.lastAtMs! + rules.stepMs;
    const sampledMs = Math.max(...all.map((other) => sampledSince(other, sinceMs)));
    if (sampledMs >= retireAfterMs) retired.add(one.seriesId);
    else if (isAnyThere) heldToMs.set(one.seriesId, toMs + retireAfterMs - sampledMs);
  }
  return { retired, heldToMs };
}

/** Time since then in which a label set had samples; those of the last six hours are remembered. */
function sampledSince({ account: { recent, run, toMs } }: SeriesProgress, sinceMs: number): number {
  let sampledMs = 0;
  for (const [fromMs, endMs, verdict] of recent) {
    if (verdict !== "missing") sampledMs += Math.max(0, endMs - Math.max(fromMs, sinceMs));
  }
  // What may still be tolerated waits to be counted.
  return run === null || run.counted ? sampledMs : sampledMs + toMs - Math.max(run.fromMs, sinceMs);
}
