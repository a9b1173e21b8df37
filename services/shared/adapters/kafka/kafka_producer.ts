import { Buffer } from "node:buffer";
import { DomainError } from "../../domain/errors.ts";
import type { OutgoingMessage } from "../../ports/message_bus.ts";
import { settleUnless, sleep } from "../_abortable.ts";
import { createPartitioner, type Kafka, kafkaFailure, type Producer } from "./kafka_client.ts";

/** What a producer needs. */
export interface KafkaProducerOptions {
  readonly kafka: Kafka;
  /** Makes a missing topic; asked again after every failure. */
  readonly ensureTopic: (topic: string) => Promise<void>;
  /** How long a message is tried for, ms. */
  readonly timeoutMs: number;
}

/** Bytes of one request: a broker takes a megabyte by default, frames included. */
const REQUEST_BYTES_MAX = 900_000;

/** Callers that may wait for their turn. */
const WAITING_MAX = 1_000;

const RETRY_MIN_MS = 100;
const RETRY_MAX_MS = 3_000;

/**
 * Sends one request after another: kafkajs' idempotent producer mixes up its sequence numbers otherwise.
 *
 * A producer that failed is thrown away. It may have been heard: the next message would get the same sequence number,
 * and the broker would take it for a repetition, acknowledge it and drop it. A new producer has numbers of its own,
 * at the price of a possible duplicate.
 */
export class KafkaProducer implements AsyncDisposable {
  readonly #options: KafkaProducerOptions;
  #producer?: Producer;
  #queue: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  readonly #closing = new AbortController();

  constructor(options: KafkaProducerOptions) {
    this.#options = options;
  }

  async send(topic: string, messages: readonly OutgoingMessage[], signal?: AbortSignal): Promise<void> {
    if (this.#waiting >= WAITING_MAX) {
      throw new DomainError(
        "busy",
        `Cannot publish to ${topic} as ${WAITING_MAX} others wait for their turn`,
      );
    }
    const timeout = AbortSignal.timeout(this.#options.timeoutMs);
    const signals = [timeout, this.#closing.signal, ...(signal === undefined ? [] : [signal])];
    const given = AbortSignal.any(signals);
    this.#waiting++;
    const mine = this.#queue.then(async () => {
      this.#waiting--;
      for (const part of partition(messages)) await this.#sendPart(topic, part, given);
    });
    this.#queue = mine.catch(() => {});
    await mine;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new DomainError("unavailable", "Cannot publish as the bus is closed"));
    await this.#queue;
    await this.#producer?.disconnect().catch(() => {});
  }

  async #sendPart(topic: string, messages: readonly OutgoingMessage[], signal: AbortSignal): Promise<void> {
    let retryMs = RETRY_MIN_MS;
    while (true) {
      signal.throwIfAborted();
      const attempt = this.#attempt(topic, messages, signal);
      try {
        return await settleUnless(signal, attempt);
      } catch (error) {
        this.#discard();
        attempt.catch(() => {});
        const failure = kafkaFailure(`publish to ${topic}`, error);
        if (signal.aborted || failure.code !== "unavailable") throw failure;
        await sleep(retryMs, signal);
        // The last reason says more than "timed out".
        if (signal.aborted) throw failure;
        retryMs = Math.min(retryMs * 2, RETRY_MAX_MS);
      }
    }
  }

  /** Sends nothing any more once it was given up: later messages of the same keys may be there by then. */
  async #attempt(topic: string, messages: readonly OutgoingMessage[], signal: AbortSignal): Promise<void> {
    await this.#options.ensureTopic(topic);
    signal.throwIfAborted();
    let producer = this.#producer;
    if (producer === undefined) {
      producer = this.#options.kafka.producer({
        idempotent: true,
        maxInFlightRequests: 1,
        allowAutoTopicCreation: false,
        createPartitioner,
        retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000 },
      });
      this.#producer = producer;
      await producer.connect();
      signal.throwIfAborted();
    }
    await producer.send({
      topic,
      acks: -1,
      messages: messages.map(({ key, value, headers }) => ({
        key: Buffer.from(key),
        value: value === null ? null : Buffer.from(value.buffer, value.byteOffset, value.byteLength),
        headers: { ...headers },
      })),
    });
  }

  #discard(): void {
    this.#producer?.disconnect().catch(() => {});
    this.#producer = undefined;
  }
}

/**
 * Messages in requests that a broker takes, in order; a message too large for any goes alone and is refused there.
 */
function* partition(messages: readonly OutgoingMessage[]): Generator<readonly OutgoingMessage[]> {
  let from = 0;
  let bytes = 0;
  for (let to = 0; to < messages.length; to++) {
    const size = sizeOf(messages[to]);
    if (to > from && bytes + size > REQUEST_BYTES_MAX) {
      yield messages.slice(from, to);
      [from, bytes] = [to, 0];
    }
    bytes += size;
  }
  if (from < messages.length) yield messages.slice(from);
}

/** An upper bound: three bytes a character, and what a record adds. */
function sizeOf({ key, value, headers = {} }: OutgoingMessage): number {
  let size = 64 + 3 * key.length + (value?.byteLength ?? 0);
  for (const [name, text] of Object.entries(headers)) size += 16 + 3 * (name.length + text.length);
  return size;
}
