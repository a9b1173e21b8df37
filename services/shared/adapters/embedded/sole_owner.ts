import { SHARDS } from "../../domain/shard.ts";
import type { ShardOwnership } from "../../ports/shard_ownership.ts";
import { untilAborted } from "../_abortable.ts";

/** The ownership of a process without replicas: everything is its own, from the start to the end. */
export function createSoleOwner(): ShardOwnership {
  const ended = new AbortController();
  let owned: ReadonlySet<number> = new Set(Array.from({ length: SHARDS }, (_, shard) => shard));
  return {
    owned: () => owned,
    changed: (signal) => untilAborted(AbortSignal.any([signal, ended.signal])),
    ping: () => Promise.resolve(),
    [Symbol.asyncDispose]() {
      owned = new Set();
      ended.abort();
      return Promise.resolve();
    },
  };
}
