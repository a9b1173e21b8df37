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

  /** By time across partitions, without breaking the order within any. */
  async browse(
    topic: string,
    ranges: readonly PartitionRange[],
    { limit, after = {}, bytesMax = Infinity }: BrowseOptions,
  ): Promise<readonly IncomingMessage[]> {
    try {
      const cluster = await this.#connect(topic);
      const readers = ranges.map((range) =>
        new PartitionReader(cluster, { ...range, topic, after: after[range.partition] })
      );
      await Promise.all(readers.map((reader) => reader.fill()));
      const found: IncomingMessage[] = [];
      let bytes = 0;
      while (found.length < limit && bytes < bytesMax) {
        const oldest = readers.reduce((a, b) => b.timeMs < a.timeMs ? b : a);
        const record = oldest.take();
        if (record === undefined) break;
        found.push(toIncoming(topic, oldest.partition, record));
        bytes += record.value?.byteLength ?? 0;
        await oldest.fill();
      }
      return found;
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

/** Reads one partition, never holding more than one answer of it. */
class PartitionReader {
  readonly partition: number;
  readonly #cluster: KafkaCluster;
  readonly #topic: string;
  readonly #to: bigint;
  #next: bigint;
  #rounds = 0;
  #records: readonly FetchedMessage[] = [];
  #at = 0;

  constructor(
    cluster: KafkaCluster,
    { topic, partition, low, high, after }: PartitionRange & {
      readonly topic: string;
      readonly after?: string;
    },
  ) {
    this.#cluster = cluster;
    this.#topic = topic;
    this.partition = partition;
    this.#to = BigInt(high);
    const from = after === undefined ? BigInt(low) : BigInt(after) + 1n;
    this.#next = from > BigInt(low) ? from : BigInt(low);
  }

  /** Of the message to be taken next, `Infinity` where there is none. */
  get timeMs(): number {
    const record = this.#records[this.#at];
    return record === undefined ? Infinity : Number(record.timestamp);
  }

  take(): FetchedMessage | undefined {
    return this.#records[this.#at++];
  }

  /** Asks for more once all is taken. */
  async fill(): Promise<void> {
    while (this.#at >= this.#records.length && this.#next < this.#to && this.#rounds++ < ROUNDS_MAX) {
      const wanted = await this.#fetch();
      if (wanted.length === 0) return;
      this.#next = BigInt(wanted[wanted.length - 1].offset) + 1n;
      this.#records = wanted.filter(({ isControlRecord }) => isControlRecord !== true);
      this.#at = 0;
    }
  }

  async #fetch(): Promise<readonly FetchedMessage[]> {
    const [topic, partition] = [this.#topic, this.partition];
    const [nodeId] = Object.keys(this.#cluster.findLeaderForPartitions(topic, [partition]));
    if (nodeId === undefined) return [];
    const broker = await this.#cluster.findBroker({ nodeId });
    const { responses } = await broker.fetch({
      maxWaitTime: 500,
      minBytes: 1,
      maxBytes: RESPONSE_BYTES_MAX,
      isolationLevel: 1,
      topics: [{
        topic,
        partitions: [{ partition, fetchOffset: `${this.#next}`, maxBytes: RESPONSE_BYTES_MAX }],
      }],
    });
    const fetched = responses[0]?.partitions[0]?.messages ?? [];
    // A batch is sent whole, so it may begin before the offset asked for.
    return fetched.filter(({ offset }) => BigInt(offset) >= this.#next && BigInt(offset) < this.#to);
  }
}
