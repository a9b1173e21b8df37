/**
 * Runs `work` for every item, at most `atOnce` of them at a time; rejects with the first failure, after which no
 * further item is begun and those under way have ended.
 */
export async function mapBounded<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failure: { readonly error: unknown } | undefined;
  async function lane(): Promise<void> {
    while (next < items.length && failure === undefined) {
      try {
        await work(items[next++]);
      } catch (error) {
        failure ??= { error };
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
  if (failure !== undefined) throw failure.error;
}
