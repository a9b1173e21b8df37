import type { SlaStatus, SlaViolations } from "../api/slas.ts";

/** One violation of one series. */
export type ViolationInterval = SlaViolations["series"][number]["intervals"][number];

/**
 * The violations of one series as of its status, which is judged every half minute, while violations are found in the
 * samples whenever they are asked for: what the status does not know yet is left out, so that the page never shows "ok"
 * beside an ongoing violation.
 */
export function intervalsAsOf(
  status: Pick<SlaStatus["series"][number], "state" | "observedAtMs"> | undefined,
  intervals: readonly ViolationInterval[],
  stepMs: number,
): readonly ViolationInterval[] {
  const judgedMs = status?.observedAtMs;
  if (status === undefined || judgedMs === null || judgedMs === undefined) return intervals;
  return intervals.filter(({ fromMs }) => fromMs <= judgedMs).flatMap((interval) => {
    const reachesNow = interval.ongoing || interval.toMs > judgedMs;
    if (!reachesNow) return [interval];
    // Within the tolerance it is none yet.
    if (status.state === "ok" || status.state === "at_risk") return [];
    const toMs = Math.min(interval.toMs, judgedMs + stepMs);
    return [{ ...interval, toMs, ongoing: status.state === "violated" }];
  });
}
