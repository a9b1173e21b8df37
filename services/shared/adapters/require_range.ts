import { DomainError } from "../domain/errors.ts";
import type { RangeQuery } from "../ports/metrics_source.ts";

/** Most grid steps of one read: a year of minutes. */
const STEPS_MAX = 527_040;

/** Requires an aligned, non-empty range of bounded length. */
export function requireRange(query: RangeQuery): void {
  const { fromMs, toMs, stepMs } = query;
  const problem = !(Number.isInteger(stepMs) && stepMs > 0)
    ? `the step must be a whole number of ms above 0: found ${stepMs}`
    : !Number.isInteger(fromMs / stepMs) || !Number.isInteger(toMs / stepMs)
    ? `the range must be aligned to the step of ${stepMs} ms: found ${fromMs} to ${toMs}`
    : toMs <= fromMs
    ? `the range must end after its start: found ${fromMs} to ${toMs}`
    : (toMs - fromMs) / stepMs > STEPS_MAX
    ? `a range has at most ${STEPS_MAX} steps: found ${(toMs - fromMs) / stepMs}`
    : undefined;
  if (problem !== undefined) throw new DomainError("invalid", `Cannot read samples as ${problem}`);
}
