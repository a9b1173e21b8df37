import type { ShardOwnership } from "../ports/shard_ownership.ts";
import { createSoleOwner } from "./sole_owner.ts";

/** Whose shards, where there are replicas. */
export interface ShardsConfig {
  /** `host:port` of Kafka brokers; without any the process has no replicas. */
  readonly brokers?: readonly string[];
  /** Replicas of one group share the shards. */
  readonly group: string;
}

/** Opens the ownership by Kafka if there are brokers, else that of a process alone. Waits for nothing. */
export async function openShards({ brokers = [], group }: ShardsConfig): Promise<ShardOwnership> {
  if (brokers.length === 0) return createSoleOwner();
  const { openKafkaShards } = await import("./kafka_shards.ts");
  return openKafkaShards({ brokers, group });
}
