import { getLogger } from "@logtape/logtape";
import { sleep, within } from "../_abortable.ts";
import {
  type Consumer,
  type EachBatchPayload,
  type Kafka,
  kafkaFailure,
  type PartitionAssigner,
} from "./kafka_client.ts";

/** Whose member, and what it does there. */
export interface KafkaMemberOptions {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly group: string;
  /** Ends the membership. */
  readonly signal: AbortSignal;
  /** Sees that the topic is there; called before each attempt. */
  readonly prepare: () => Promise<void>;
  /** Absent for who wants partitions and not what is in them: nothing is fetched then. */
  readonly eachBatch?: (payload: EachBatchPayload) => Promise<void>;
  /** Hears which partitions it was given. */
  readonly onJoin?: (partitions: readonly number[]) => void;
  /** Called when a consumer has ended, before the next one begins. */
  readonly onEnd?: () => void;
  /** Who gets which partition. @default round robin */
  readonly assigner?: PartitionAssigner;
}

/** A crashed or restarted member is replaced after this. */
export const SESSION_TIMEOUT_MS = 10_000;
/** From heartbeat to heartbeat. */
export const HEARTBEAT_MS = 2_000;

/** How long a fetch waits for messages; a consumer whose partitions wait sends heartbeats as often. */
const FETCH_WAIT_MS = 1_000;

/** While the database works on the batch of one partition, that of another is decoded. */
const PARTITIONS_AT_ONCE = 3;

/** Without a sign of life for so long a consumer is hung and is replaced. */
const SILENCE_MAX_MS = 60_000;
const WATCH_EVERY_MS = 5_000;

/** Waits before a crashed consumer is replaced. */
const RESTART_MIN_MS = 250;
const RESTART_MAX_MS = 5_000;

/** How long an orderly end may take before the connections are left to the process's end. */
const DISCONNECT_MAX_MS = 3_000;

const log = getLogger(["pronoia", "kafka"]);

/**
 * One member of a consumer group, replaced for as long as `signal` allows: kafkajs stops for good on errors it takes
 * for fatal, restarts on others, and at times hangs without either. Here each of these ends the consumer, and after a
 * backoff a new one begins where the group committed.
 */
export class KafkaMember {
  readonly #options: KafkaMemberOptions;
  #trouble: string | undefined = "it has not joined its group yet";
  #signOfLifeMs = performance.now();

  constructor(options: KafkaMemberOptions) {
    this.#options = options;
  }

  /** Why it is no member of its group now; `undefined` while it is. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** How long nothing was heard of the group, ms. */
  get silentMs(): number {
    return performance.now() - this.#signOfLifeMs;
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
        log.warning("the consumer of {topic} as {group} failed and is replaced", {
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
    const { kafka, group, signal, prepare, assigner, onEnd } = this.#options;
    await prepare();
    const consumer = kafka.consumer({
      groupId: group,
      sessionTimeout: SESSION_TIMEOUT_MS,
      heartbeatInterval: HEARTBEAT_MS,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      maxBytes: 8 * 1_024 * 1_024,
      allowAutoTopicCreation: false,
      ...(assigner === undefined ? {} : { partitionAssigners: [assigner] }),
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
      const started = startConsumer(consumer, this.#options);
      started.catch(() => {});
      await Promise.race([started, ended.promise, aborted.promise]);
      await Promise.race([ended.promise, aborted.promise]);
    } finally {
      stopWatching();
      signal.removeEventListener("abort", abort);
      onEnd?.();
      await within(DISCONNECT_MAX_MS, consumer.disconnect(), () => new Error("it hangs")).catch(() => {});
    }
  }

  /** Turns every way a consumer can end, silence included, into one. */
  #watch(consumer: Consumer, end: (error: Error) => void): () => void {
    const { GROUP_JOIN, CRASH, STOP, DISCONNECT, FETCH, HEARTBEAT, END_BATCH_PROCESS, REBALANCING } =
      consumer.events;
    const alive = () => {
      this.#signOfLifeMs = performance.now();
    };
    alive();
    const listeners = [
      consumer.on(GROUP_JOIN, ({ payload }) => {
        this.#trouble = undefined;
        alive();
        if (this.#options.eachBatch === undefined) consumer.pause([{ topic: this.#options.topic }]);
        this.#options.onJoin?.(payload.memberAssignment[this.#options.topic] ?? []);
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
      if (this.silentMs <= SILENCE_MAX_MS) return;
      end(new Error(`the consumer was silent for ${Math.round(this.silentMs)} ms`));
    }, WATCH_EVERY_MS);
    return () => {
      clearInterval(timer);
      for (const remove of listeners) remove();
    };
  }
}

async function startConsumer(
  consumer: Consumer,
  { topic, eachBatch }: Pick<KafkaMemberOptions, "topic" | "eachBatch">,
): Promise<void> {
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
    eachBatch: eachBatch ?? (() => Promise.resolve()),
  });
}
