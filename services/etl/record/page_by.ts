import { readCursor, writeCursor } from "../../shared/domain/cursor.ts";
import { DomainError } from "../../shared/domain/errors.ts";
import type { Page, PageRequest } from "../../shared/domain/page.ts";

/** A page of a list in memory; the cursor holds the key of the last item of the page before. */
export function pageBy<Item>(
  items: readonly Item[],
  about: { readonly list: string; readonly key: (item: Item) => string },
  { limit, cursor }: PageRequest,
): { items: Item[]; nextCursor: Page<Item>["nextCursor"] } {
  const { list, key } = about;
  const last = cursor === undefined ? undefined : readCursor(list, cursor, 1)[0];
  const start = last === undefined ? 0 : items.findIndex((item) => key(item) === last) + 1;
  if (last !== undefined && start === 0) {
    const message = "must be the nextCursor of the page before, of a list that is still there";
    throw new DomainError("invalid", "The page cannot be found", { fields: [{ field: "cursor", message }] });
  }
  const page = items.slice(start, start + limit);
  const isLast = start + limit >= items.length;
  return { items: page, nextCursor: isLast ? null : writeCursor(list, [key(page.at(-1)!)]) };
}
