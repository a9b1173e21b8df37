import { DomainError } from "../../shared/domain/errors.ts";
import type { SlaEntry } from "../held/sla_entry.ts";
import { describeSilence, type Silence, type SilenceParts } from "../source/source_silence.ts";
import { evaluateFailure } from "./evaluate_sla.ts";
import type { Evaluation } from "./evaluation.ts";
import { type JudgeParts, judgeSla } from "./judge_sla.ts";

/** What looking at an SLA needs. */
export type LookParts = JudgeParts & SilenceParts;

/** What was found of an SLA, and the silence of the source where that is of all. */
export interface Look extends Evaluation {
  readonly silence?: Silence;
}

/**
 * Judges an SLA at the source's now: by its samples, or where there are none to be had by why that is. Never rejects.
 */
export async function lookAtSla(entry: SlaEntry, now: number | Silence, parts: LookParts): Promise<Look> {
  const { time, settings, onProblem } = parts;
  const fail = (reason: string): Look => evaluateFailure(entry, reason, { nowMs: time.estimate(), settings });
  if (typeof now !== "number") return fail(now.reason);
  try {
    return await judgeSla(entry, now, parts);
  } catch (error) {
    if (!(error instanceof DomainError)) {
      onProblem(error);
      return fail("judging failed, the log says why");
    }
    if (error.why !== undefined) onProblem(error);
    const silence = await describeSilence(error, parts);
    return silence.ofAll ? { ...fail(silence.reason), silence } : fail(silence.reason);
  }
}
