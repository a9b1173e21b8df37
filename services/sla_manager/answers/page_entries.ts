import type { Page, PageRequest } from "../../shared/domain/page.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { SlaEntry } from "../held/sla_entry.ts";

/** Looks at so many SLAs of other replicas at once. */
const LOOKS_MAX = 8;

/** One page of answers for the SLAs as readers see them. */
export async function showPage<Item>(
  evaluator: Evaluator,
  request: PageRequest,
  answer: (entry: SlaEntry) => Item,
): Promise<Page<Item>> {
  const { items, nextCursor } = pageEntries(evaluator, request);
  const answers: Item[] = [];
  for (let i = 0; i < items.length; i += LOOKS_MAX) {
    const some = items.slice(i, i + LOOKS_MAX);
    // One that can't be looked at, or is gone meanwhile, is shown as it was.
    const shown = await Promise.all(some.map((entry) => evaluator.show(entry.sla.id).catch(() => entry)));
    answers.push(...shown.map(answer));
  }
  return { items: answers, nextCursor };
}

/** One page of the SLAs held, by id; the cursor is the last id of the page before. */
export function pageEntries(evaluator: Evaluator, { limit, cursor }: PageRequest): Page<SlaEntry> {
  const entries = evaluator.slas.entries();
  const rest = cursor === undefined ? entries : entries.filter(({ sla }) => sla.id > cursor);
  const items = rest.slice(0, limit);
  return { items, nextCursor: rest.length > limit ? items.at(-1)!.sla.id : null };
}
