import type { SeriesProgress } from "../../shared/domain/sla/sla_progress.ts";
import { badness } from "../../shared/domain/sla/sla_status.ts";
import type { JudgeRules } from "../judging/judge_rules.ts";

/** A time in which one label set was between so bad and so bad, as `badness()` counts. */
export interface Level {
  /** Epoch ms, inclusive; `-Infinity` where no beginning is known. */
  readonly fromMs: number;
  /** `ABSENT` where it may not have counted. */
  readonly least: number;
  readonly most: number;
}

/** How bad a label set is that does not count: better than any that does. */
export const ABSENT = -1;

const [OK, AT_RISK, VIOLATED] = (["ok", "at_risk", "violated"] as const).map(badness);

/**
 * How bad one label set of several was, newest first: what it is now, and before that what its verdicts of the last
 * hours tell. A step within bounds may have been `ok` or `at_risk`, and while it was silent it may not have counted.
 * O(verdicts remembered).
 */
export function knownPast(
  { account, state, sinceMs, sinceAtLeast }: SeriesProgress,
  { noData, staleAfterMs, stepMs }: Pick<JudgeRules, "noData" | "staleAfterMs" | "stepMs">,
): readonly Level[] {
  const silence = badness(noData);
  const now = badness(state ?? "unknown");
  const verdicts = sinceAtLeast ? [] : account.recent.filter(([fromMs]) => fromMs < sinceMs);
  const beganMs = account.fromMs ?? -Infinity;
  const isForgotten = sinceAtLeast || beganMs < Math.min(sinceMs, verdicts[0]?.[0] ?? sinceMs);
  const levels: Level[] = [
    { fromMs: -Infinity, ...(isForgotten ? { least: OK, most: VIOLATED } : { least: ABSENT, most: ABSENT }) },
  ];
  for (const [i, [fromMs, toMs, verdict]] of verdicts.entries()) {
    if (verdict === "good") levels.push({ fromMs, least: OK, most: AT_RISK });
    else if (verdict === "bad") levels.push({ fromMs, least: VIOLATED, most: VIOLATED });
    else if (i === 0) levels.push({ fromMs, least: ABSENT, most: VIOLATED });
    else {
      // Up to there the sample before speaks.
      const staleMs = fromMs - stepMs + Math.ceil(staleAfterMs / stepMs) * stepMs;
      const least = noData === "unknown" ? ABSENT : silence;
      if (staleMs < Math.min(toMs, sinceMs)) levels.push({ fromMs: staleMs, least, most: silence });
    }
  }
  levels.push({ fromMs: sinceMs, least: now, most: now });
  return levels.reverse();
}
