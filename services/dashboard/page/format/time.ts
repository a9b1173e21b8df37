import { serviceNowMs } from "../clock.ts";

import { formatPeriod, formatWindow } from "../../../shared/domain/units/duration_text.ts";

export { formatPeriod, formatWindow };

/** A length of time for people: `45 s`, `12 min`, `3.5 h`, `2 d`. A whole minute or hour is one. */
export function formatSpan(spanMs: number | null | undefined): string {
  if (spanMs === null || spanMs === undefined) return "–";
  const size = Math.abs(spanMs);
  if (size === 0) return "0 s";
  if (size < 1_000) return `${Math.round(spanMs)} ms`;
  if (size < 120_000 && size !== 60_000) return `${Math.round(spanMs / 1_000)} s`;
  if (size < 7_200_000 && size !== 3_600_000) return `${Math.round(spanMs / 60_000)} min`;
  if (size < 172_800_000) return `${Number((spanMs / 3_600_000).toFixed(1))} h`;
  return `${Number((spanMs / 86_400_000).toFixed(1))} d`;
}

/** A length of time that is looked at more closely, in two units: `2 min 25 s`, `1 h 33 min`. */
export function formatLength(spanMs: number): string {
  if (spanMs < 1_000) return formatSpan(spanMs);
  const fineMs = spanMs < 3_600_000 ? 1_000 : spanMs < 86_400_000 ? 60_000 : 3_600_000;
  return formatPeriod(Math.round(spanMs / fineMs) * fineMs);
}

/** How long ago something was. */
export function formatAgo(agoMs: number): string {
  return agoMs < 1_000 ? "just now" : `${formatSpan(agoMs)} ago`;
}

/** A point in time in the viewer's zone: with the date only when it is not today. */
export function formatTime(timeMs: number, nowMs: number = serviceNowMs()): string {
  const time = new Date(timeMs);
  const clock = formatClock(time, true);
  if (time.toDateString() === new Date(nowMs).toDateString()) return clock;
  return `${time.toLocaleDateString(undefined, { day: "numeric", month: "short" })} ${clock}`;
}

/** From so far ahead on, an hour is false precision. */
const DAYS_AHEAD_MS = 172_800_000;

/** Around when something ahead is expected, for within a sentence: `at 17:47`, days ahead `about 16 Dec`. */
export function formatAhead(timeMs: number, nowMs: number = serviceNowMs()): string {
  return timeMs - nowMs >= DAYS_AHEAD_MS
    ? `about ${formatDay(new Date(timeMs))}`
    : `at ${formatMinute(timeMs, nowMs)}`;
}

/** Until around when something ahead comes: `by 17:47`, days ahead `by 16 Dec`. */
export function formatBy(timeMs: number, nowMs: number = serviceNowMs()): string {
  return timeMs - nowMs >= DAYS_AHEAD_MS
    ? `by ${formatDay(new Date(timeMs))}`
    : `by ${formatMinute(timeMs, nowMs)}`;
}

/** The nearest minute, as seconds of what is expected are false precision; with the date when it is not today. */
function formatMinute(timeMs: number, nowMs: number): string {
  const time = new Date(Math.round(timeMs / 60_000) * 60_000);
  const clock = formatClock(time, false);
  return time.toDateString() === new Date(nowMs).toDateString() ? clock : `${clock} on ${formatDay(time)}`;
}

function formatDay(time: Date): string {
  return time.toLocaleDateString(undefined, { day: "numeric", month: "short" });
}

/** How long until something ahead, as finely as that is known: `in 3.5 h`, many days ahead `in 23 d`. */
export function formatUntil(spanMs: number): string {
  return spanMs < DAYS_AHEAD_MS
    ? `in ${formatSpan(spanMs)}`
    : `in ${formatSpan(Math.round(spanMs / 86_400_000) * 86_400_000)}`;
}

/** The time of day from 00:00 to 23:59, as Prometheus and Grafana write it. */
export function formatClock(time: Date, seconds: boolean): string {
  return time.toLocaleTimeString(undefined, {
    hour: "2-digit",
    minute: "2-digit",
    second: seconds ? "2-digit" : undefined,
    hourCycle: "h23",
  });
}

/** The same point in UTC, for the hover. */
export function formatUtc(timeMs: number): string {
  return `${new Date(timeMs).toISOString().replace("T", " ").replace(/\.000Z$|Z$/, "")} UTC`;
}
