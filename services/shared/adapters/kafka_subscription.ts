import { getLogger } from "@logtape/logtape";
import { DomainError } from "../domain/errors.ts";
import type { BatchHandler, SubscribeOptions } from "../ports/message_bus.ts";
import { sleep, within } from "./_abortable.ts";
import { type Consumer, type EachBatchPayload, type Kafka, kafkaFailure } from "./kafka_client.ts";
import { toIncoming } from "./kafka_messages.ts";

/** What a subscription needs. */
export interface KafkaSubscriptionOptions extends SubscribeOptions {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly handler: BatchHandler;
  readonly ensureTopic: (topic: string) => Promise<void>;
}

/** A crashed or restarted member is replaced after this. */
const SESSION_TIMEOUT_MS = 10_000;
const HEARTBEAT_MS = 2_000;

/** How long a fetch waits for messages; a consumer whose partitions wait sends heartbeats as often. */
const FETCH_WAIT_MS = 1_000;

/** While the database works on the batch of one partition, that of another is decoded. */
const PARTITIONS_AT_ONCE = 3;

/** Without a sign of life for so long a consumer is hung and is replaced. */
const SILENCE_MAX_MS = 60_000;
const WATCH_EVERY_MS = 5_000;

/** Waits before a crashed consumer is replaced, and before a rejected batch is delivered again. */
const RESTART_MIN_MS = 250;
const RESTART_MAX_MS = 5_000;
const REDELIVER_MIN_MS = 200;
const REDELIVER_MAX_MS = 10_000;

/** How long an orderly end may take before the connections are left to the process's end. */
const DISCONNECT_MAX_MS = 3_000;

const log = getLogger(["pronoia", "kafka"]);

/**
 * One consumer of a group, replaced for as long as `signal` allows: kafkajs stops for good on errors it takes for
 * fatal, restarts on others, and at times hangs without either. Here each of these ends the consumer, and after a
 * backoff a new one begins where the group committed.
 */
export class KafkaSubscription {
  readonly #options: KafkaSubscriptionOptions;
  /** Why it is not reading now; `undefined` while it is a member of its group. */
  #trouble: string | undefined = "it has not joined its group yet";
  /** Consecutive rejections per partition. */
  readonly #rejections = new Map<number, number>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(options: KafkaSubscriptionOptions) {
    this.#options = options;
  }

  /** Throws the reason while nothing is read. */
  requireReading(): void {
    if (this.#trouble === undefined) return;
    const { topic, group } = this.#options;
    throw new DomainError("unavailable", `Cannot read ${topic} as ${group} as ${this.#trouble}`);
  }

  /** Settles when the signal aborts and the batch under way is finished. */
  async run(): Promise<void> {
    const { signal, topic, group } = this.#options;
    let restartMs = RESTART_MIN_MS;
    while (!signal.aborted) {
      const startedMs = performance.now();
      try {
        await this.#consume();
      } catch (error) {
        const failure = kafkaFailure(`read ${topic}`, error);
        this.#trouble = failure.message;
        if (signal.aborted) break;
        log.warning("The consumer of {topic} as {group} failed and is replaced", {
          topic,
          group,
          error: failure,
        });
      }
      if (performance.now() - startedMs > SILENCE_MAX_MS) restartMs = RESTART_MIN_MS;
      await sleep(restartMs, signal);
      restartMs = Math.min(restartMs * 2, RESTART_MAX_MS);
    }
    this.#trouble = "it was told to stop";
  }

  /** Lives as long as one consumer; rejects with what ended it. */
  async #consume(): Promise<void> {
    const { kafka, topic, group, signal, ensureTopic } = this.#options;
    await ensureTopic(topic);
    const consumer = kafka.consumer({
      groupId: group,
      sessionTimeout: SESSION_TIMEOUT_MS,
      heartbeatInterval: HEARTBEAT_MS,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      maxBytes: 8 * 1_024 * 1_024,
      allowAutoTopicCreation: false,
      retry: {
        retries: 3,
        initialRetryTime: 200,
        maxRetryTime: 2_000,
        restartOnFailure: () => Promise.resolve(false),
      },
    });
    const ended = Promise.withResolvers<never>();
    ended.promise.catch(() => {});
    const stopWatching = this.#watch(consumer, ended.reject);
    const aborted = Promise.withResolvers<void>();
    const abort = () => aborted.resolve();
    signal.addEventListener("abort", abort);
    if (signal.aborted) abort();
    try {
      const started = startConsumer(consumer, topic, (payload) => this.#handle(payload));
      started.catch(() => {});
      await Promise.race([started, ended.promise, aborted.promise]);
      await Promise.race([ended.promise, aborted.promise]);
    } finally {
      stopWatching();
      signal.removeEventListener("abort", abort);
      for (const timer of this.#timers) clearTimeout(timer);
      this.#timers.clear();
      await within(DISCONNECT_MAX_MS, consumer.disconnect(), () => new Error("it hangs")).catch(() => {});
    }
  }

  /** Turns every way a consumer can end, silence included, into one. */
  #watch(consumer: Consumer, end: (error: Error) => void): () => void {
    const { GROUP_JOIN, CRASH, STOP, DISCONNECT, FETCH, HEARTBEAT, END_BATCH_PROCESS, REBALANCING } =
      consumer.events;
    let signOfLifeMs = performance.now();
    const alive = () => {
      signOfLifeMs = performance.now();
    };
    const listeners = [
      consumer.on(GROUP_JOIN, () => {
        this.#trouble = undefined;
        alive();
      }),
      consumer.on(REBALANCING, () => {
        this.#trouble = "its group is being shared out again";
      }),
      consumer.on(FETCH, alive),
      consumer.on(HEARTBEAT, alive),
      consumer.on(END_BATCH_PROCESS, alive),
      consumer.on(CRASH, ({ payload }) => end(payload.error)),
      consumer.on(STOP, () => end(new Error("the consumer stopped"))),
      consumer.on(DISCONNECT, () => end(new Error("the consumer disconnected"))),
    ];
    const timer = setInterval(() => {
      const silentMs = performance.now() - signOfLifeMs;
      if (silentMs > SILENCE_MAX_MS) end(new Error(`the consumer was silent for ${Math.round(silentMs)} ms`));
    }, WATCH_EVERY_MS);
    return () => {
      clearInterval(timer);
      for (const remove of listeners) remove();
    };
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

async function startConsumer(
  consumer: Consumer,
  topic: string,
  eachBatch: (payload: EachBatchPayload) => Promise<void>,
): Promise<void> {
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
    eachBatch,
  });
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
