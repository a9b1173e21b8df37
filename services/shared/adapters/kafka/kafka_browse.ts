import type { BrowseOptions, IncomingMessage } from "../../ports/message_bus.ts";
import { createKafkaCluster, type FetchedMessage, type Kafka, type KafkaCluster } from "./kafka_client.ts";
import { toIncoming } from "./kafka_messages.ts";

/** First and next offset of one partition. */
export interface PartitionRange {
  readonly partition: number;
  readonly low: string;
  readonly high: string;
}

/** Requests one partition is read by at most. */
const ROUNDS_MAX = 100;

const RESPONSE_BYTES_MAX = 4 * 1_024 * 1_024;

/** Reads messages without joining a group: nothing is committed and no consumer is disturbed. */
export class KafkaBrowser implements AsyncDisposable {
  readonly #kafka: Kafka;
  #cluster?: KafkaCluster;

  constructor(kafka: Kafka) {
    this.#kafka = kafka;
  }

  async browse(
    topic: string,
    ranges: readonly PartitionRange[],
    { limit, after = {} }: BrowseOptions,
  ): Promise<readonly IncomingMessage[]> {
    try {
      const cluster = await this.#connect(topic);
      const partitions = await Promise.all(ranges.map(async ({ partition, low, high }) => {
        const from = after[partition] === undefined ? BigInt(low) : BigInt(after[partition]) + 1n;
        const start = from > BigInt(low) ? from : BigInt(low);
        const records = await readPartition(cluster, {
          topic,
          partition,
          from: start,
          to: BigInt(high),
          limit,
        });
        return { partition, records };
      }));
      return merge(partitions, limit).map(({ partition, record }) => toIncoming(topic, partition, record));
    } catch (error) {
      await this[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const cluster = this.#cluster;
    this.#cluster = undefined;
    await cluster?.disconnect().catch(() => {});
  }

  async #connect(topic: string): Promise<KafkaCluster> {
    if (this.#cluster === undefined) {
      this.#cluster = createKafkaCluster(this.#kafka);
      await this.#cluster.connect();
    }
    await this.#cluster.addTargetTopic(topic);
    await this.#cluster.refreshMetadata();
    return this.#cluster;
  }
}

async function readPartition(
  cluster: KafkaCluster,
  range: {
    readonly topic: string;
    readonly partition: number;
    readonly from: bigint;
    readonly to: bigint;
    readonly limit: number;
  },
): Promise<readonly FetchedMessage[]> {
  const { topic, partition, to, limit } = range;
  const records: FetchedMessage[] = [];
  let next = range.from;
  for (let round = 0; round < ROUNDS_MAX && next < to && records.length < limit; round++) {
    const [nodeId] = Object.keys(cluster.findLeaderForPartitions(topic, [partition]));
    if (nodeId === undefined) break;
    const broker = await cluster.findBroker({ nodeId });
    const { responses } = await broker.fetch({
      maxWaitTime: 500,
      minBytes: 1,
      maxBytes: RESPONSE_BYTES_MAX,
      isolationLevel: 1,
      topics: [{ topic, partitions: [{ partition, fetchOffset: `${next}`, maxBytes: RESPONSE_BYTES_MAX }] }],
    });
    const fetched = responses[0]?.partitions[0]?.messages ?? [];
    // A batch is sent whole, so it may begin before the offset asked for.
    const wanted = fetched.filter(({ offset }) => BigInt(offset) >= next && BigInt(offset) < to);
    if (wanted.length === 0) break;
    next = BigInt(wanted[wanted.length - 1].offset) + 1n;
    records.push(...wanted.filter(({ isControlRecord }) => isControlRecord !== true));
  }
  return records.slice(0, limit);
}

interface Found {
  readonly partition: number;
  readonly record: FetchedMessage;
}

/** By time across partitions, without breaking the order within any. */
function merge(
  partitions: readonly { readonly partition: number; readonly records: readonly FetchedMessage[] }[],
  limit: number,
): readonly Found[] {
  const heads = partitions.map(() => 0);
  const merged: Found[] = [];
  while (merged.length < limit) {
    let oldest = -1;
    let oldestMs = Infinity;
    partitions.forEach(({ records }, k) => {
      const record = records[heads[k]];
      if (record !== undefined && Number(record.timestamp) < oldestMs) {
        oldest = k;
        oldestMs = Number(record.timestamp);
      }
    });
    if (oldest === -1) break;
    const { partition, records } = partitions[oldest];
    merged.push({ partition, record: records[heads[oldest]++] });
  }
  return merged;
}
