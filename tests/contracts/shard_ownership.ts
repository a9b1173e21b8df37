import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { SHARDS } from "../../services/shared/domain/shard.ts";
import type { ShardOwnership } from "../../services/shared/ports/shard_ownership.ts";
import { until } from "../support/until.ts";

/** How an ownership is opened for the suite. */
export interface ShardsUnderTest {
  /** Opens one of a group of its own. */
  open(): ShardOwnership | Promise<ShardOwnership>;
  /** Registers one test. */
  test(name: string, body: () => Promise<void>): void;
}

/** What every ShardOwnership promises to a replica that is alone. */
export function testShardOwnership(name: string, { open, test }: ShardsUnderTest): void {
  test(`${name} gives every shard to who is alone, and is well then`, async () => {
    await using shards = await open();
    await until(() => shards.owned().size > 0);
    deepStrictEqual([...shards.owned()].sort((a, b) => a - b), Array.from({ length: SHARDS }, (_, k) => k));
    await shards.ping();
  });

  test(`${name} waits for a change until it is told not to`, async () => {
    await using shards = await open();
    await until(() => shards.owned().size > 0);
    const stop = new AbortController();
    let changed = false;
    const waiting = shards.changed(stop.signal).then(() => changed = true);
    await shards.ping();
    ok(!changed);
    stop.abort();
    await waiting;
  });

  test(`${name} owns nothing any more once it is disposed of, and tells so`, async () => {
    const shards = await open();
    await until(() => shards.owned().size > 0);
    const before = shards.owned();
    const changed = shards.changed(new AbortController().signal);
    const disposed = shards[Symbol.asyncDispose]();
    strictEqual(shards.owned().size, 0);
    strictEqual(before.size, SHARDS, "a share once told does not change");
    await changed;
    await disposed;
  });
}
