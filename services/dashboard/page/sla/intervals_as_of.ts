import type { SlaStatus, SlaViolations } from "../api/slas.ts";

/** One violation of one series. */
export type ViolationInterval = SlaViolations["series"][number]["intervals"][number];

/**
 * The violations of one series as of its status, which is judged every half minute, while violations are found in the
 * samples whenever they are asked for: what the status does not know yet is left out, so that the page never shows
 * "ok" beside an ongoing violation.
 */
export function intervalsAsOf(
  status: Pick<SlaStatus["series"][number], "state" | "observedAtMs"> | undefined,
  intervals: readonly ViolationInterval[],
  stepMs: number,
): readonly ViolationInterval[] {
  const judgedMs = status?.observedAtMs;
  if (status === undefined || judgedMs === null || judgedMs === undefined) return intervals;
  const silence = intervals.find(({ cause, fromMs }) => cause === "noData" && fromMs > judgedMs);
  const isKnown = silence !== undefined && status.state !== "ok" && status.state !== "at_risk";
  return intervals.flatMap((interval) => {
    // What the newest sample that was judged went stale into is known to the status, if anything later is.
    if (interval === silence && isKnown) return [{ ...interval, ongoing: status.state === "violated" }];
    if (interval.fromMs > judgedMs) return [];
    const reachesNow = interval.ongoing || interval.toMs > judgedMs;
    if (!reachesNow) return [interval];
    // Within the tolerance it is none yet.
    if (status.state === "ok" || status.state === "at_risk") return [];
    const toMs = Math.min(interval.toMs, judgedMs + stepMs);
    return [{ ...interval, toMs, ongoing: status.state === "violated" && !isKnown }];
  });
}
