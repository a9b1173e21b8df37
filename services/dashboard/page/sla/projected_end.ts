/** A past pressed into less than this share of a chart tells nothing any more. */
const PAST_SHARE_MIN = 0.45;

/** Of what lies farther ahead the beginning is drawn, over this share of the past that is shown. */
const CUT_SHARE = 1 / 3;

/**
 * Where a chart of a budget ends that leads to nothing left at `exhaustedMs`: there, where that is about as far ahead
 * as the chart looks back, with a little room behind it; else a part of the way.
 */
export function projectedEndMs(
  { startMs, nowMs, exhaustedMs }: {
    readonly startMs: number;
    readonly nowMs: number;
    readonly exhaustedMs: number;
  },
): number {
  const pastMs = nowMs - startMs;
  const endMs = exhaustedMs + (exhaustedMs - startMs) * 0.02;
  return pastMs >= PAST_SHARE_MIN * (endMs - startMs) ? endMs : nowMs + pastMs * CUT_SHARE;
}
