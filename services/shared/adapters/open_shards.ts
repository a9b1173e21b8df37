import type { ShardOwnership } from "../ports/shard_ownership.ts";
import { createSoleOwner } from "./embedded/sole_owner.ts";
import type { KafkaSecurity } from "./kafka/kafka_security.ts";

/** Whose shards, where there are replicas. */
export interface ShardsConfig {
  /** `host:port` of Kafka brokers; without any the process has no replicas. */
  readonly brokers?: readonly string[];
  /** How they are spoken to. @default in the clear, without a name */
  readonly security?: KafkaSecurity;
  /** Replicas of one group share the shards. */
  readonly group: string;
}

/** Opens the ownership by Kafka if there are brokers, else that of a process alone. Waits for nothing. */
export async function openShards({ brokers = [], security, group }: ShardsConfig): Promise<ShardOwnership> {
  if (brokers.length === 0) return createSoleOwner();
  const { openKafkaShards } = await import("./kafka/kafka_shards.ts");
  return openKafkaShards({ brokers, security, group });
}
