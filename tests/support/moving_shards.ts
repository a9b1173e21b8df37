import { SHARDS } from "../../services/shared/domain/shard.ts";
import type { ShardOwnership } from "../../services/shared/ports/shard_ownership.ts";

/** Every shard. */
export const ALL_SHARDS: ReadonlySet<number> = new Set(Array.from({ length: SHARDS }, (_, shard) => shard));
/** The half of them with even numbers. */
export const EVEN_SHARDS: ReadonlySet<number> = new Set([...ALL_SHARDS].filter((shard) => shard % 2 === 0));

/** An ownership that a test moves from one share to another. */
export function createMovingShards(
  first: ReadonlySet<number>,
): ShardOwnership & { move(owned: ReadonlySet<number>): void } {
  let owned = first;
  let change = Promise.withResolvers<void>();
  return {
    owned: () => owned,
    changed(signal) {
      const aborted = Promise.withResolvers<void>();
      signal.addEventListener("abort", () => aborted.resolve(), { once: true });
      if (signal.aborted) aborted.resolve();
      return Promise.race([change.promise, aborted.promise]);
    },
    move(to) {
      owned = to;
      change.resolve();
      change = Promise.withResolvers();
    },
    ping: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
