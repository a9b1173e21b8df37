import type { FetchFailure } from "./fetch_failure.ts";

const BASE_MS = 200;
const CAP_MS = 5_000;

/**
 * How long to wait before the next attempt: exponential with full jitter (so that many clients spread out), and never
 * less than what `Retry-After` asked for.
 *
 * @param attempt The attempts made so far, from 1.
 * @param random Uniform in [0, 1).
 */
export function retryDelayMs(failure: FetchFailure, attempt: number, random: () => number): number {
  const jittered = Math.min(CAP_MS, BASE_MS * 2 ** attempt) * random();
  return Math.round(Math.max(jittered, failure.retryAfterMs ?? 0));
}

/** Reads the header `Retry-After`, seconds or a date; `undefined` if it is neither. */
export function readRetryAfter(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  const dateMs = Date.parse(header);
  const delayMs = dateMs - nowMs;
  return Number.isNaN(delayMs) ? undefined : Math.max(0, delayMs);
}
