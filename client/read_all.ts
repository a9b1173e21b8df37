/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/**
 * Reads a list page by page, at most `itemsMax` items.
 *
 * @param readPage Asks for the page at a cursor; the first has none.
 *
 * @example Every series
 * ```ts ignore
 * const series = await readAll(
 *   (cursor) => answerOf(client.GET("/retrieval/series", { params: { query: { limit: 1000, cursor } } })),
 *   20_000,
 * );
 * ```
 */
export async function readAll<Item>(
  readPage: (cursor: string | undefined) => Promise<Page<Item>>,
  itemsMax: number,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  while (items.length < itemsMax) {
    const page = await readPage(cursor);
    items.push(...page.items);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return items;
}
