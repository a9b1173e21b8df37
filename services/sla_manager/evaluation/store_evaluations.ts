import { DomainError } from "../../shared/domain/errors.ts";
import type { SlaEvent } from "../../shared/domain/sla/sla_event.ts";
import type { EvaluationStep, SlaProgressStore } from "../../shared/ports/sla_progress_store.ts";
import type { HeldSlas } from "../held/held_slas.ts";
import { acceptEvaluation, type Evaluation } from "./evaluation.ts";

/** What storing needs. */
export interface StoreParts {
  readonly progress: SlaProgressStore;
  readonly slas: HeldSlas;
  /** Hears what was stored, in order. */
  readonly onEvents?: (events: readonly SlaEvent[]) => void;
  readonly onProblem: (what: string, error: unknown, slaId?: string) => void;
}

/**
 * Stores evaluations together, or one by one where one of them spoils it for the others. One that was superseded, by
 * another process or by an edit, is dropped for what is stored.
 */
export async function storeEvaluations(evaluations: readonly Evaluation[], parts: StoreParts): Promise<void> {
  const worthy = evaluations.filter(hasStep);
  if (worthy.length === 0) return;
  const { progress, slas, onEvents, onProblem } = parts;
  try {
    const results = await progress.commit(worthy.map(({ step }) => step));
    for (const [i, { stored }] of results.entries()) {
      if (stored) acceptEvaluation(worthy[i]);
      else {
        slas.doubt(worthy[i].entry);
        await makeSure(worthy[i].entry.sla.id, parts);
      }
    }
    const events = results.flatMap((result) => result.events);
    if (events.length > 0) onEvents?.(events);
  } catch (error) {
    if (worthy.length > 1 && !isUnavailable(error)) {
      for (const evaluation of worthy) await storeEvaluations([evaluation], parts);
      return;
    }
    onProblem("store evaluations", error, worthy.length === 1 ? worthy[0].entry.sla.id : undefined);
    // The commit may have come through before its answer was lost: what is stored decides.
    for (const { entry } of worthy) slas.doubt(entry);
  }
}

/** Settles what is in doubt of an SLA; a store that does not answer leaves it so. */
export async function makeSure(id: string, { slas, onProblem }: StoreParts): Promise<void> {
  try {
    await slas.settle(id);
  } catch (error) {
    onProblem("read an SLA", error, id);
  }
}

function hasStep(evaluation: Evaluation): evaluation is Evaluation & { readonly step: EvaluationStep } {
  return evaluation.step !== null;
}

function isUnavailable(error: unknown): boolean {
  return error instanceof DomainError && error.code === "unavailable";
}
