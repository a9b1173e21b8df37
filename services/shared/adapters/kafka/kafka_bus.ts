import { DomainError } from "../../domain/errors.ts";
import { DEAD_LETTER_TOPIC, RESULTS_TOPIC } from "../../domain/topics.ts";
import type {
  BatchHandler,
  BrowseOptions,
  IncomingMessage,
  MessageBus,
  OutgoingMessage,
  PartitionLag,
  SubscribeOptions,
} from "../../ports/message_bus.ts";
import { within } from "../_abortable.ts";
import { KafkaAdmin } from "./kafka_admin.ts";
import { KafkaBrowser, type PartitionRange } from "./kafka_browse.ts";
import { createKafkaClient, type Kafka, kafkaFailure } from "./kafka_client.ts";
import { KafkaProducer } from "./kafka_producer.ts";
import type { KafkaSecurity } from "./kafka_security.ts";
import { KafkaSubscription } from "./kafka_subscription.ts";
import { KafkaTopics } from "./kafka_topics.ts";

/** Which cluster, and how its topics are made. */
export interface KafkaBusOptions {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  /** How they are spoken to. @default in the clear, without a name */
  readonly security?: KafkaSecurity;
  /** Partitions of a topic that has to be made. @default 6 */
  readonly partitions?: number;
  /** Topics to make when missing, before anything is sent or read. @default the results' and their dead letters' */
  readonly topics?: readonly string[];
  /** How long a message is tried for, ms. @default 120_000 */
  readonly publishTimeoutMs?: number;
}

const PING_TIMEOUT_MS = 4_000;
const DISCONNECT_MAX_MS = 2_000;

/**
 * Kafka ≥ 3.0 (run against 4.1) by kafkajs. Keys decide partitions as the Java client's do, batches are sent by an
 * idempotent producer and acknowledged by all in-sync replicas, a group's crashed member is replaced after 10 s.
 *
 * Nothing is connected before the first call, and a broker that is away is waited for.
 */
export function openKafkaBus(options: KafkaBusOptions): MessageBus {
  return new KafkaBus(options);
}

class KafkaBus implements MessageBus {
  readonly #kafka: Kafka;
  readonly #brokers: string;
  readonly #admin: KafkaAdmin;
  readonly #topics: KafkaTopics;
  readonly #producer: KafkaProducer;
  readonly #browser: KafkaBrowser;
  readonly #subscriptions = new Map<KafkaSubscription, { running: Promise<void>; passing: boolean }>();
  readonly #closing = new AbortController();

  constructor(options: KafkaBusOptions) {
    const {
      brokers,
      security,
      partitions = 6,
      topics = [RESULTS_TOPIC, DEAD_LETTER_TOPIC],
      publishTimeoutMs = 120_000,
    } = options;
    this.#kafka = createKafkaClient(brokers, security);
    this.#brokers = brokers.join(", ");
    this.#admin = new KafkaAdmin(this.#kafka, this.#closing.signal);
    this.#topics = new KafkaTopics({ admin: this.#admin, partitions, wanted: topics });
    this.#browser = new KafkaBrowser(this.#kafka);
    this.#producer = new KafkaProducer({
      kafka: this.#kafka,
      ensureTopic: (topic) => this.#topics.ensure(topic),
      timeoutMs: publishTimeoutMs,
    });
  }

  async publish(topic: string, messages: readonly OutgoingMessage[], signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (messages.length === 0) return;
    try {
      await this.#producer.send(topic, messages, signal);
    } catch (error) {
      // It may be that the topic was deleted.
      this.#topics.doubt(topic);
      throw error;
    }
  }

  async subscribe(topic: string, handler: BatchHandler, options: SubscribeOptions): Promise<void> {
    const subscription = new KafkaSubscription({
      ...options,
      signal: AbortSignal.any([options.signal, this.#closing.signal]),
      kafka: this.#kafka,
      topic,
      handler,
      ensureTopic: (name) => this.#topics.ensure(name),
    });
    const running = subscription.run();
    this.#subscriptions.set(subscription, { running, passing: options.passing ?? false });
    try {
      await running;
    } finally {
      this.#subscriptions.delete(subscription);
    }
  }

  async browse(topic: string, options: BrowseOptions): Promise<readonly IncomingMessage[]> {
    const ranges = await this.#ranges(topic);
    try {
      return await this.#browser.browse(topic, ranges, options);
    } catch (error) {
      throw kafkaFailure(`browse ${topic}`, error);
    }
  }

  async lag(topic: string, group: string): Promise<readonly PartitionLag[]> {
    const ranges = await this.#ranges(topic);
    const committed = await this.#admin.ask(`read offsets of ${group}`, async (admin) => {
      const [offsets] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
      return new Map(offsets.partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
    });
    return ranges.map(({ partition, low, high }) => {
      // −1 is none yet; and retention may have deleted what a group that slept would read next.
      const next = committed.get(partition) ?? -1n;
      const from = next > BigInt(low) ? next : BigInt(low);
      const lag = BigInt(high) - from;
      return { partition, committed: `${from}`, end: high, lag: Number(lag > 0n ? lag : 0n) };
    });
  }

  async ping(): Promise<void> {
    const late = () =>
      new DomainError(
        "unavailable",
        `Cannot reach Kafka at ${this.#brokers} as it did not answer within ${PING_TIMEOUT_MS} ms`,
      );
    await within(PING_TIMEOUT_MS, this.#ping(), late);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([...this.#subscriptions.values()].map(({ running }) => running));
    const closed = Promise.all([
      this.#producer[Symbol.asyncDispose](),
      this.#browser[Symbol.asyncDispose](),
      this.#admin[Symbol.asyncDispose](),
    ]);
    await within(DISCONNECT_MAX_MS, closed, () => new Error("it hangs")).catch(() => {});
  }

  async #ping(): Promise<void> {
    await this.#topics.ensureWanted();
    // Asks a broker each time: that topics were there once proves nothing.
    await this.#admin.ask("reach Kafka", (admin) => admin.describeCluster());
    for (const [subscription, { passing }] of this.#subscriptions) {
      if (!passing) subscription.requireReading();
    }
  }

  async #ranges(topic: string): Promise<readonly PartitionRange[]> {
    await this.#topics.ensure(topic);
    const ranges = await this.#admin.ask(
      `read offsets of ${topic}`,
      (admin) => admin.fetchTopicOffsets(topic),
    );
    return ranges.sort((a, b) => a.partition - b.partition);
  }
}
