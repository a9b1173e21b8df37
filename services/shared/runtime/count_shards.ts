import type { Metrics } from "../ports/metrics.ts";
import type { ShardOwnership } from "../ports/shard_ownership.ts";

/** Shows in the metrics how many shards this replica owns, until `signal` aborts. */
export async function countShards(
  shards: Pick<ShardOwnership, "owned" | "changed">,
  metrics: Metrics,
  signal: AbortSignal,
): Promise<void> {
  const owned = metrics.gauge({
    name: "shards_owned",
    help: "Shards of the work that this replica owns, of 64",
  });
  while (!signal.aborted) {
    owned.set(shards.owned().size);
    await shards.changed(signal);
  }
}
