import { readCursor, writeCursor } from "../../shared/domain/cursor.ts";
import type { Page, PageRequest } from "../../shared/domain/page.ts";

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
