import { DomainError } from "./errors.ts";
import { formatDuration } from "./units/duration_text.ts";

/**
 * Refuses to look less far ahead than one step: there is nothing to tell between now and then.
 *
 * @throws {DomainError} `invalid`, if the horizon is shorter than the step.
 */
export function requireHorizon(horizonMs: number, stepMs: number): void {
  if (horizonMs >= stepMs) return;
  const message = `must be at least one step of the series, ${formatDuration(stepMs)}: found ${
    formatDuration(horizonMs)
  }`;
  throw new DomainError("invalid", `Cannot look ahead as the horizon ${message}`, {
    fields: [{ field: "horizon", message }],
  });
}
