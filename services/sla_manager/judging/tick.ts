/** A timer may fire this share of an interval early, which is still the tick it was set for. */
const EARLY_SHARE = 0.01;

/**
 * The newest tick at `timeMs`: every SLA is judged at the multiples of the interval since 1970, by whichever replica,
 * so that values side by side are of one moment.
 */
export function lastTickMs(timeMs: number, intervalMs: number): number {
  return Math.floor(timeMs / intervalMs) * intervalMs;
}

/** The first tick at `timeMs` or after. */
export function firstTickMs(timeMs: number, intervalMs: number): number {
  return Math.ceil(timeMs / intervalMs) * intervalMs;
}

/** The tick after the one that began at `startMs`. */
export function nextTickMs(startMs: number, intervalMs: number): number {
  return lastTickMs(startMs + EARLY_SHARE * intervalMs, intervalMs) + intervalMs;
}
