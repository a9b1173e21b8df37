import type { z } from "zod";
import { Duration } from "../../domain/units/duration.ts";
import { readDuration } from "../../domain/units/duration_text.ts";

/** A variable that is a duration between two others, both included: a unit is easily mistaken. */
export function durationBetween(min: string, max: string): z.ZodType<number, string> {
  const [minMs, maxMs] = [readDuration(min), readDuration(max)];
  return Duration.refine(
    (durationMs) => durationMs >= minMs && durationMs <= maxMs,
    `must be a duration between ${min} and ${max}`,
  );
}
