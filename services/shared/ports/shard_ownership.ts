import type { Dependency } from "./health.ts";

/**
 * Says which part of replicated work is this replica's: work is cut into shards by a hash of its id (`shardOf`), and
 * each shard belongs to one replica of the group.
 *
 * Every adapter promises: all shards are owned once the replicas have settled, in shares that differ by one at most;
 * a shard is told to a new owner only when the one before gave it up or is taken for dead. A replica gives everything
 * up before the shares are worked out anew (so all own nothing for a moment) and when it is disposed of, upon which
 * the others get its part within seconds; what a crashed one held is theirs within 15 s. While the group cannot be
 * heard, a replica keeps what it was told last.
 *
 * So one that was paused or cut off for long may believe in a share that was given away meanwhile, until it hears of
 * the group again, and work begun under an old share may end under a new one: what is shared by shards must bear to
 * be done twice.
 *
 * `ping()` rejects before the first share is known and while the group cannot be heard, not while it settles.
 */
export interface ShardOwnership extends Dependency, AsyncDisposable {
  /** The shards owned now: another set after every change, empty before the first share is known. */
  owned(): ReadonlySet<number>;
  /** Resolves with the next change of {@linkcode owned}, or when `signal` aborts. */
  changed(signal: AbortSignal): Promise<void>;
}
