import { DomainError } from "../../shared/domain/errors.ts";
import type { Page, PageRequest } from "../../shared/domain/page.ts";
import type { SlaViolations } from "../../shared/domain/sla/sla_violations.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import { answerViolations, trailingSpan, unknownViolations } from "./answer_violations.ts";
import { pageEntries } from "./page_entries.ts";

/** Past violations of one page of SLAs; one whose samples can't be had says so and spoils nothing for the others. */
export async function listViolations(
  evaluator: Evaluator,
  page: PageRequest,
  window: string,
): Promise<Page<SlaViolations>> {
  const { items, nextCursor } = pageEntries(evaluator, page);
  const nowMs = evaluator.time.estimate();
  const answers = await Promise.all(items.map(async (entry) => {
    const span = trailingSpan(entry.sla, window, nowMs);
    try {
      return await answerViolations(evaluator, entry, span);
    } catch (error) {
      if (error instanceof DomainError) return unknownViolations(entry.sla, span, error.message);
      evaluator.parts.onProblem?.({ what: "find violations", slaId: entry.sla.id, error });
      return unknownViolations(entry.sla, span, "the search failed; the log says why");
    }
  }));
  return { items: answers, nextCursor };
}
