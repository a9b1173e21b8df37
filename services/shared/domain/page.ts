/** One page of a list, and where the next one starts; `null` on the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Which page: at most `limit` items after `cursor` (opaque, from the page before). */
export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}
