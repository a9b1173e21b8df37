import type { Page, PageRequest } from "../../shared/domain/page.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { SlaEntry } from "../held/sla_entry.ts";

/** One page of the SLAs held, by id; the cursor is the last id of the page before. */
export function pageEntries(evaluator: Evaluator, { limit, cursor }: PageRequest): Page<SlaEntry> {
  const entries = evaluator.slas.entries();
  const rest = cursor === undefined ? entries : entries.filter(({ sla }) => sla.id > cursor);
  const items = rest.slice(0, limit);
  return { items, nextCursor: rest.length > limit ? items.at(-1)!.sla.id : null };
}
