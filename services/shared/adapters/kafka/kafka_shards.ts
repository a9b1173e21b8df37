import { Buffer } from "node:buffer";
import { getLogger } from "@logtape/logtape";
import { DomainError } from "../../domain/errors.ts";
import { SHARDS } from "../../domain/shard.ts";
import { SHARDS_TOPIC } from "../../domain/topics.ts";
import type { ShardOwnership } from "../../ports/shard_ownership.ts";
import { untilAborted } from "../_abortable.ts";
import { AssignerProtocol, createKafkaClient, type Kafka, type PartitionAssigner } from "./kafka_client.ts";
import { KafkaMember, SESSION_TIMEOUT_MS } from "./kafka_member.ts";
import type { KafkaSecurity } from "./kafka_security.ts";
import { shareOut } from "./share_out.ts";

/** Whose shards. */
export interface KafkaShardsOptions {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  /** How they are spoken to. @default in the clear, without a name */
  readonly security?: KafkaSecurity;
  /** Replicas of one group share the shards. */
  readonly group: string;
  /** Made when missing. @default that of all groups */
  readonly topic?: string;
}

/** Heartbeats come every two or three seconds: after this the group cannot be heard. */
const SILENCE_MAX_MS = 5_000;
/** A member that died is waited for as long as its session lasts. */
const SETTLING_MAX_MS = SESSION_TIMEOUT_MS + 5_000;

const log = getLogger(["pronoia", "kafka"]);

/**
 * Ownership of shards by the assignment of a topic's partitions in a consumer group: members, their failure and the
 * order of events are Kafka's.
 *
 * A member that hangs or crashes is missed after ten seconds; one that is paused gives up within three seconds after
 * it goes on, which is how long two may believe in the same share.
 */
export function openKafkaShards(options: KafkaShardsOptions): ShardOwnership {
  return new KafkaShards(options);
}

class KafkaShards implements ShardOwnership {
  readonly #group: string;
  readonly #member: KafkaMember;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  #owned: ReadonlySet<number> = new Set();
  #change = new AbortController();
  /** Whether there ever was a share. */
  #known = false;
  /** Since when the shares are being worked out. */
  #settlingSinceMs: number | undefined;

  constructor({ brokers, security, group, topic = SHARDS_TOPIC }: KafkaShardsOptions) {
    this.#group = group;
    const kafka = createKafkaClient(brokers, security);
    this.#member = new KafkaMember({
      kafka,
      topic,
      group,
      signal: this.#stop.signal,
      prepare: () => ensureShardTopic(kafka, topic),
      assigner: createAssigner(topic, () => {
        this.#settlingSinceMs ??= performance.now();
        this.#hold([]);
      }),
      onJoin: (partitions) => {
        this.#known = true;
        this.#settlingSinceMs = undefined;
        this.#hold(partitions);
        log.info("owns {count} of {of} shards of {group}", { count: partitions.length, of: SHARDS, group });
      },
      onEnd: () => {
        this.#settlingSinceMs = undefined;
      },
    });
    this.#running = this.#member.run();
  }

  owned(): ReadonlySet<number> {
    return this.#owned;
  }

  changed(signal: AbortSignal): Promise<void> {
    return untilAborted(AbortSignal.any([signal, this.#change.signal]));
  }

  ping(): Promise<void> {
    const reason = this.#trouble();
    return reason === undefined ? Promise.resolve() : Promise.reject(
      new DomainError("unavailable", `Cannot tell the shards of ${this.#group} as ${reason}`),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#hold([]);
    this.#stop.abort();
    await this.#running;
  }

  #hold(shards: readonly number[]): void {
    if (shards.length === 0 && this.#owned.size === 0) return;
    // What is under way when the process ends must not be given a share any more.
    this.#owned = new Set(this.#stop.signal.aborted ? [] : shards);
    const changed = this.#change;
    this.#change = new AbortController();
    changed.abort();
  }

  #trouble(): string | undefined {
    const { trouble, silentMs } = this.#member;
    if (!this.#known) return trouble;
    if (this.#settlingSinceMs !== undefined) {
      const settlingMs = performance.now() - this.#settlingSinceMs;
      return settlingMs > SETTLING_MAX_MS
        ? `they are being shared out for ${seconds(settlingMs)}`
        : undefined;
    }
    return trouble ??
      (silentMs > SILENCE_MAX_MS ? `Kafka was not heard for ${seconds(silentMs)}` : undefined);
  }
}

/**
 * Who leads the group shares out by {@linkcode shareOut}. A member says what it can do each time before it asks to
 * join, whatever made it ask: that is when it gives up.
 */
function createAssigner(topic: string, giveUp: () => void): PartitionAssigner {
  const { MemberMetadata, MemberAssignment } = AssignerProtocol;
  const version = 0;
  return () => ({
    name: "pronoia-shards",
    version,
    protocol({ topics }) {
      giveUp();
      const metadata = MemberMetadata.encode({ version, topics, userData: Buffer.alloc(0) });
      return { name: "pronoia-shards", metadata };
    },
    assign({ members }) {
      const shares = shareOut(members.map(({ memberId }) => memberId), SHARDS);
      return Promise.resolve([...shares].map(([memberId, shards]) => ({
        memberId,
        memberAssignment: MemberAssignment.encode({
          version,
          assignment: { [topic]: [...shards] },
          userData: Buffer.alloc(0),
        }),
      })));
    },
  });
}

/** Makes the topic if it is missing; one of another size would leave shards without an owner. */
async function ensureShardTopic(kafka: Kafka, topic: string): Promise<void> {
  const admin = kafka.admin({ retry: { retries: 2, initialRetryTime: 200, maxRetryTime: 1_000 } });
  try {
    await admin.connect();
    if (!(await admin.listTopics()).includes(topic)) {
      await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: SHARDS }] });
    }
    const { topics: [{ partitions }] } = await admin.fetchTopicMetadata({ topics: [topic] });
    if (partitions.length !== SHARDS) {
      throw new DomainError(
        "unavailable",
        `Cannot share work by ${topic} as it must have ${SHARDS} partitions: found ${partitions.length}`,
      );
    }
  } finally {
    await admin.disconnect().catch(() => {});
  }
}

function seconds(durationMs: number): string {
  return `${Math.round(durationMs / 1_000)} s`;
}
