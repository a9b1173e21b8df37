/**
 * How many parts replicated work is cut into. It bounds how many replicas can share it, and all of them must agree on
 * it: another number makes other shards.
 */
export const SHARDS = 64;

/** The shard that the work on this id belongs to, 0 … {@linkcode SHARDS} − 1: the same in every process (FNV-1a). */
export function shardOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % SHARDS;
}
