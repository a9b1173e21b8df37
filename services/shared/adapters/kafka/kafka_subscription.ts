import { DomainError } from "../../domain/errors.ts";
import type { BatchHandler, SubscribeOptions } from "../../ports/message_bus.ts";
import type { EachBatchPayload, Kafka } from "./kafka_client.ts";
import { HEARTBEAT_MS, KafkaMember } from "./kafka_member.ts";
import { toIncoming } from "./kafka_messages.ts";

/** What a subscription needs. */
export interface KafkaSubscriptionOptions extends SubscribeOptions {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly handler: BatchHandler;
  readonly ensureTopic: (topic: string) => Promise<void>;
}

/** Waits before a rejected batch is delivered again. */
const REDELIVER_MIN_MS = 200;
const REDELIVER_MAX_MS = 10_000;

/** Hands what a member of a group reads to a handler, and again what the handler rejected. */
export class KafkaSubscription {
  readonly #options: KafkaSubscriptionOptions;
  readonly #member: KafkaMember;
  /** Consecutive rejections per partition. */
  readonly #rejections = new Map<number, number>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(options: KafkaSubscriptionOptions) {
    this.#options = options;
    const { kafka, topic, group, signal, ensureTopic } = options;
    this.#member = new KafkaMember({
      kafka,
      topic,
      group,
      signal,
      prepare: () => ensureTopic(topic),
      eachBatch: (payload) => this.#handle(payload),
      onEnd: () => {
        for (const timer of this.#timers) clearTimeout(timer);
        this.#timers.clear();
      },
    });
  }

  /** Throws the reason while nothing is read. */
  requireReading(): void {
    const { trouble } = this.#member;
    if (trouble === undefined) return;
    const { topic, group } = this.#options;
    throw new DomainError("unavailable", `Cannot read ${topic} as ${group} as ${trouble}`);
  }

  /** Settles when the signal aborts and the batch under way is finished. */
  async run(): Promise<void> {
    await this.#member.run();
  }

  /** Hands a batch over in parts; what a part's handler resolved is committed even if a later part is rejected. */
  async #handle(payload: EachBatchPayload): Promise<void> {
    const { batch, isRunning, isStale, resolveOffset, pause } = payload;
    const { handler, batchMax = 500, signal } = this.#options;
    const { partition } = batch;
    const heart = beat(payload, signal);
    try {
      for (let at = 0; at < batch.messages.length; at += batchMax) {
        if (!isRunning() || isStale() || heart.signal.aborted) break;
        const part = batch.messages.slice(at, at + batchMax);
        try {
          await handler(part.map((message) => toIncoming(batch.topic, partition, message)), heart.signal);
        } catch {
          // The handler told why; to the bus it means "later". Others of this consumer's partitions go on meanwhile.
          this.#redeliverLater(partition, pause());
          break;
        }
        this.#rejections.delete(partition);
        resolveOffset(part[part.length - 1].offset);
      }
    } finally {
      await heart.stop();
    }
    // Lets kafkajs join its group again.
    if (heart.lost !== undefined) throw heart.lost;
  }

  #redeliverLater(partition: number, resume: () => void): void {
    const rejections = (this.#rejections.get(partition) ?? 0) + 1;
    this.#rejections.set(partition, rejections);
    const waitMs = Math.min(REDELIVER_MIN_MS * 2 ** (rejections - 1), REDELIVER_MAX_MS);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      resume();
    }, waitMs);
    this.#timers.add(timer);
  }
}

interface Heart {
  /** Aborts when the consumer shall stop or the partition was taken away. */
  readonly signal: AbortSignal;
  /** Why the partition was taken away. */
  readonly lost: unknown;
  stop(): Promise<void>;
}

/** Heartbeats while a handler works, however long it takes. */
function beat({ heartbeat }: EachBatchPayload, signal: AbortSignal): Heart {
  const taken = new AbortController();
  let lost: unknown;
  let beating: Promise<void> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    beating = heartbeat().catch((error) => {
      lost ??= error;
      taken.abort();
    }).finally(() => {
      busy = false;
    });
  }, HEARTBEAT_MS / 2);
  return {
    signal: AbortSignal.any([signal, taken.signal]),
    get lost() {
      return lost;
    },
    async stop() {
      clearInterval(timer);
      await beating;
    },
  };
}
