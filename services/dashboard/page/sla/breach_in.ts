import type { SlaPrediction } from "../api/slas.ts";
import { serviceNowMs } from "../clock.ts";

/** What tells when half of the possible futures, or another share of them, are out of bounds. */
export type BreachTimes = Pick<SlaPrediction, "originMs" | "timeToBreachMs">;

/** The step that a breach is expected in ends within so little that it has as good as come. */
const NOW_MS = 1_000;

/** How long until a breach, ms, and when that is. */
export interface BreachIn {
  /** 0: by now, as that moment has come. */
  readonly inMs: number;
  readonly atMs: number;
}

/**
 * When a share of the possible futures are out of bounds, counted from now: what the service answers counts from the
 * newest sample, which is up to minutes old. `null`: not within the horizon.
 */
export function breachIn(
  { originMs, timeToBreachMs }: BreachTimes,
  share: "p10" | "p50" | "p90",
  nowMs: number = serviceNowMs(),
): BreachIn | null {
  const fromOriginMs = timeToBreachMs[share];
  if (originMs === null || fromOriginMs === null) return null;
  const atMs = originMs + fromOriginMs;
  return { atMs, inMs: atMs - nowMs < NOW_MS ? 0 : atMs - nowMs };
}
