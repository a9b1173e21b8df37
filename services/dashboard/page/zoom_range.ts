/** A stretch of time, half-open. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Most steps that a service answers with at once. */
const STEPS_MAX = 11_000;

/** At least this much is read, where the view lies in the future altogether. */
const LEAST_MS = 60_000;

/** The part of the time axis that a link shows; `undefined` where it names none. */
export function readZoom(query: Readonly<Record<string, string>>): TimeRange | undefined {
  const [fromMs, toMs] = [query.from, query.to].map((text) => Math.round(Number(text ?? NaN)));
  return fromMs < toMs && Number.isFinite(toMs - fromMs) ? { fromMs, toMs } : undefined;
}

/** What there can be samples of in a view, and as much of it as one answer holds: the newest. */
export function loadablePart(
  view: TimeRange,
  { nowMs, stepMs }: { readonly nowMs: number; readonly stepMs: number },
): TimeRange {
  const toMs = Math.max(LEAST_MS, Math.min(view.toMs, nowMs + LEAST_MS));
  const longestMs = (STEPS_MAX - 2) * stepMs;
  return { fromMs: Math.max(0, toMs - longestMs, Math.min(view.fromMs, toMs - LEAST_MS)), toMs };
}
