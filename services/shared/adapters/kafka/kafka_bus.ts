import { getLogger } from "@logtape/logtape";
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
import { sleep, within } from "../_abortable.ts";
import { KafkaBrowser, type PartitionRange } from "./kafka_browse.ts";
import { type Admin, createKafkaClient, isPassing, type Kafka, kafkaFailure } from "./kafka_client.ts";
import { KafkaProducer } from "./kafka_producer.ts";
import type { KafkaSecurity } from "./kafka_security.ts";
import { KafkaSubscription } from "./kafka_subscription.ts";

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

/** A broker that answers "not yet" or "not I any more" is asked again so often, after pauses of growing length. */
const ATTEMPTS_MAX = 5;
const ATTEMPT_PAUSE_MS = 150;

/** A dead letter is its message and some headers: its topic takes more than the broker's usual megabyte. */
export const DEAD_LETTER_BYTES_MAX = 4 * 1_024 * 1_024;

const log = getLogger(["pronoia", "kafka"]);

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
  readonly #partitions: number;
  readonly #topics: readonly string[];
  readonly #producer: KafkaProducer;
  readonly #browser: KafkaBrowser;
  readonly #subscriptions = new Map<KafkaSubscription, { running: Promise<void>; passing: boolean }>();
  readonly #closing = new AbortController();
  readonly #ensured = new Set<string>();
  #ensuring: Promise<unknown> = Promise.resolve();
  #asking: Promise<unknown> = Promise.resolve();
  #admin?: Promise<Admin>;

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
    this.#partitions = partitions;
    this.#topics = topics;
    this.#browser = new KafkaBrowser(this.#kafka);
    this.#producer = new KafkaProducer({
      kafka: this.#kafka,
      ensureTopic: (topic) => this.#ensureTopic(topic),
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
      this.#ensured.delete(topic);
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
      ensureTopic: (name) => this.#ensureTopic(name),
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
    const committed = await this.#ask(`read offsets of ${group}`, async (admin) => {
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
      this.#admin?.then((admin) => admin.disconnect()).catch(() => {}),
    ]);
    await within(DISCONNECT_MAX_MS, closed, () => new Error("it hangs")).catch(() => {});
  }

  async #ping(): Promise<void> {
    for (const topic of this.#topics) await this.#ensureTopic(topic);
    // Asks a broker each time: that topics were there once proves nothing.
    await this.#ask("reach Kafka", (admin) => admin.describeCluster());
    for (const [subscription, { passing }] of this.#subscriptions) {
      if (!passing) subscription.requireReading();
    }
  }

  async #ranges(topic: string): Promise<readonly PartitionRange[]> {
    await this.#ensureTopic(topic);
    const ranges = await this.#ask(`read offsets of ${topic}`, (admin) => admin.fetchTopicOffsets(topic));
    return ranges.sort((a, b) => a.partition - b.partition);
  }

  /** Makes a topic that is missing; one at a time, so that several callers ask once. */
  async #ensureTopic(topic: string): Promise<void> {
    if (this.#ensured.has(topic)) return;
    const mine = this.#ensuring.then(async () => {
      if (this.#ensured.has(topic)) return;
      const missing = [...new Set([...this.#topics, topic])].filter((name) => !this.#ensured.has(name));
      await this.#ask(`make the topics ${missing.join(", ")}`, (admin) => this.#createTopics(admin, missing));
      for (const name of missing) this.#ensured.add(name);
    });
    this.#ensuring = mine.catch(() => {});
    await mine;
  }

  async #createTopics(admin: Admin, topics: readonly string[]): Promise<void> {
    const there = new Set(await admin.listTopics());
    const missing = topics.filter((topic) => !there.has(topic));
    if (missing.length > 0) {
      await admin.createTopics({
        waitForLeaders: true,
        topics: missing.map((topic) => ({
          topic,
          numPartitions: this.#partitions,
          configEntries: topic.endsWith(".dead-letter")
            ? [{ name: "max.message.bytes", value: `${DEAD_LETTER_BYTES_MAX}` }]
            : [],
        })),
      });
      log.info("made the topics {topics}", { topics: missing, partitions: this.#partitions });
    }
    const found = await admin.fetchTopicMetadata({ topics: [...topics] });
    for (const { name, partitions } of found.topics) {
      if (partitions.length === this.#partitions) continue;
      log.warning(
        "the topic {topic} has {found} partitions, configured are {configured}: it is used as it is",
        {
          topic: name,
          found: partitions.length,
          configured: this.#partitions,
        },
      );
    }
  }

  /**
   * Asks by one connection for all, one question after another: questions about different topics take each other's
   * metadata away. A connection that failed is not used again.
   */
  async #ask<Result>(action: string, question: (admin: Admin) => Promise<Result>): Promise<Result> {
    const mine = this.#asking.then(() => this.#askNow(action, question));
    this.#asking = mine.catch(() => {});
    return await mine;
  }

  async #askNow<Result>(action: string, question: (admin: Admin) => Promise<Result>): Promise<Result> {
    for (let attempt = 1;; attempt++) {
      const asked = this.#admin ??= connectAdmin(this.#kafka);
      try {
        return await question(await asked);
      } catch (error) {
        if (this.#admin === asked) this.#admin = undefined;
        asked.then((admin) => admin.disconnect()).catch(() => {});
        if (attempt >= ATTEMPTS_MAX || !isPassing(error)) throw kafkaFailure(action, error);
      }
      await sleep(attempt * ATTEMPT_PAUSE_MS, this.#closing.signal);
    }
  }
}

async function connectAdmin(kafka: Kafka): Promise<Admin> {
  const admin = kafka.admin({ retry: { retries: 2, initialRetryTime: 200, maxRetryTime: 1_000 } });
  await admin.connect();
  return admin;
}
