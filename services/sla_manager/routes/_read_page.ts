import { readCursor, writeCursor } from "../../shared/domain/cursor.ts";
import type { Page, PageRequest } from "../../shared/domain/page.ts";
import { showPage } from "../answers/page_entries.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { SlaEntry } from "../held/sla_entry.ts";

/** Reads a page as the body of an answer; its cursors are those of `list` and no other. */
export async function readPage<Item>(
  list: string,
  { limit, cursor }: PageRequest,
  read: (page: PageRequest) => Page<Item> | Promise<Page<Item>>,
): Promise<{ items: Item[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : readCursor(list, cursor, 1)[0];
  const { items, nextCursor } = await read({ limit, cursor: after });
  return { items: [...items], nextCursor: nextCursor === null ? null : writeCursor(list, [nextCursor]) };
}

/** Reads a page of what is answered of each SLA. */
export function readAnswers<Item>(
  evaluator: Evaluator,
  { list, page, answer }: {
    readonly list: string;
    readonly page: PageRequest;
    readonly answer: (entry: SlaEntry) => Item;
  },
): Promise<{ items: Item[]; nextCursor: string | null }> {
  return readPage(list, page, (each) => showPage(evaluator, each, answer));
}
