import type { Dependency } from "./health.ts";

/**
 * Carries messages between services.
 *
 * Every adapter promises: delivery at least once; order within one key; redelivery of a batch whose handler
 * rejected (with backoff, the partition waiting meanwhile); a group starts at the oldest message it has not
 * committed; memory bounded whatever the backlog. A broker that is down delays, it never loses what was acknowledged.
 */
export interface MessageBus extends Dependency, AsyncDisposable {
  /**
   * Resolves when every message is stored durably by the bus, rejects when that can't be had before `signal` aborts
   * or the adapter's own deadline. Back-pressure: waits while the bus is full.
   */
  publish(topic: string, messages: readonly OutgoingMessage[], signal?: AbortSignal): Promise<void>;
  /**
   * Hands batches (of one partition, in order) to `handler`; a batch is committed when the handler resolves.
   * Settles when `signal` aborts and the batch under way is finished; rejects only if the bus itself fails for good.
   */
  subscribe(topic: string, handler: BatchHandler, options: SubscribeOptions): Promise<void>;
  /** Reads stored messages without joining a group, oldest first; for dead letters and people. */
  browse(topic: string, options: BrowseOptions): Promise<readonly IncomingMessage[]>;
  /** Where a group stands, per partition. */
  lag(topic: string, group: string): Promise<readonly PartitionLag[]>;
}

/** A message to send; messages of one key keep their order. */
export interface OutgoingMessage {
  readonly key: string;
  /** `null` is a tombstone. */
  readonly value: Uint8Array | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A message as it arrived, with its origin. */
export interface IncomingMessage {
  readonly topic: string;
  readonly partition: number;
  /** Position within the partition, a decimal integer as text (64 bits). */
  readonly offset: string;
  readonly key: string;
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Works on one batch; rejecting asks for redelivery. `signal` aborts on shutdown or when the partition is taken away.
 */
export type BatchHandler = (batch: readonly IncomingMessage[], signal: AbortSignal) => Promise<void>;

/** Who reads, and until when. */
export interface SubscribeOptions {
  readonly group: string;
  readonly signal: AbortSignal;
  /** Most messages handed over at once. @default 500 */
  readonly batchMax?: number;
  /** A visit and no standing part of the service: `ping()` does not ask for its progress. @default false */
  readonly passing?: boolean;
}

/** Which stored messages to read: at most `limit`, per partition from the given offset (default: the oldest). */
export interface BrowseOptions {
  readonly limit: number;
  readonly after?: Readonly<Record<number, string>>;
  /** Once values have so many bytes no more are read, so fewer come, though one at least. @default any number */
  readonly bytesMax?: number;
}

/** How far a group is behind in one partition, in messages. */
export interface PartitionLag {
  readonly partition: number;
  readonly committed: string;
  readonly end: string;
  readonly lag: number;
}
