/** A length of time for people: `45 s`, `12 min`, `3.5 h`, `2 d`. */
export function formatSpan(spanMs: number | null | undefined): string {
  if (spanMs === null || spanMs === undefined) return "–";
  const size = Math.abs(spanMs);
  if (size < 1_000) return `${Math.round(spanMs)} ms`;
  if (size < 120_000) return `${Math.round(spanMs / 1_000)} s`;
  if (size < 7_200_000) return `${Math.round(spanMs / 60_000)} min`;
  if (size < 172_800_000) return `${Number((spanMs / 3_600_000).toFixed(1))} h`;
  return `${Number((spanMs / 86_400_000).toFixed(1))} d`;
}

/** A point in time in the viewer's zone: with the date only when it is not today. */
export function formatTime(timeMs: number, nowMs: number = Date.now()): string {
  const time = new Date(timeMs);
  const clock = time.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  if (time.toDateString() === new Date(nowMs).toDateString()) return clock;
  return `${time.toLocaleDateString(undefined, { day: "numeric", month: "short" })} ${clock}`;
}

/** The same point in UTC, for the hover. */
export function formatUtc(timeMs: number): string {
  return `${new Date(timeMs).toISOString().replace("T", " ").replace(/\.000Z$|Z$/, "")} UTC`;
}
