import { DomainError } from "../shared/domain/errors.ts";
import type { Page, PageRequest } from "../shared/domain/page.ts";

/** A page of a list in memory; the cursor is the key of the last item of the page before. */
export function pageBy<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
  { limit, cursor }: PageRequest,
): { items: Item[]; nextCursor: Page<Item>["nextCursor"] } {
  const start = cursor === undefined ? 0 : items.findIndex((item) => key(item) === cursor) + 1;
  if (cursor !== undefined && start === 0) {
    const message = "must be the nextCursor of the page before, of a list that is still there";
    throw new DomainError("invalid", "The page cannot be found", { fields: [{ field: "cursor", message }] });
  }
  const page = items.slice(start, start + limit);
  const isLast = start + limit >= items.length;
  return { items: page, nextCursor: isLast ? null : key(page.at(-1)!) };
}
