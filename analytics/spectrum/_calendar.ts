/**
 * Periods by which people live and schedule, in ms: 1, 2, 5, 10, 15, 20, 30 min, 1, 2, 3, 4, 6, 8, 12 h, 1 d, 1 w.
 */
const CALENDAR_MS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 20, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 3, 4, 6, 8, 12, 24, 168].map((hours) => hours * 3_600_000),
];

/** Calendar periods that are whole numbers of steps, in values, from `minPeriod` to `maxPeriod`. */
export function calendarPeriods(stepMs: number, minPeriod: number, maxPeriod: number): number[] {
  return CALENDAR_MS.map((calendarMs) => calendarMs / stepMs)
    .filter((period) => Number.isInteger(period) && period >= minPeriod && period <= maxPeriod);
}

/**
 * The calendar period nearest to a found one, in values, or `null` if none is within what the record can tell apart:
 * half a cycle over its whole length, and a tenth. Only whole numbers of steps count.
 */
export function calendarPeriod(period: number, length: number, stepMs: number): number | null {
  const distance = (candidate: number): number => Math.abs(1 / candidate - 1 / period);
  return calendarPeriods(stepMs, Math.max(2, 0.9 * period), 1.1 * period)
    .filter((candidate) => distance(candidate) <= 0.5 / length)
    .sort((a, b) => distance(a) - distance(b))[0] ?? null;
}
