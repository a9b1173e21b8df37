import type { Page, PageRequest } from "../../shared/domain/page.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { SlaEntry } from "../held/sla_entry.ts";

/** One page of answers for the SLAs held, by id; the cursor is the last id of the page before. */
export function pageEntries<Item>(
  evaluator: Evaluator,
  { limit, cursor }: PageRequest,
  answer: (entry: SlaEntry) => Item,
): Page<Item> {
  const entries = evaluator.slas.entries();
  const rest = cursor === undefined ? entries : entries.filter(({ sla }) => sla.id > cursor);
  const page = rest.slice(0, limit);
  return { items: page.map(answer), nextCursor: rest.length > limit ? page.at(-1)!.sla.id : null };
}
