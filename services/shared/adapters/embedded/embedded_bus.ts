import { DomainError } from "../../domain/errors.ts";
import type {
  BatchHandler,
  BrowseOptions,
  IncomingMessage,
  MessageBus,
  OutgoingMessage,
  PartitionLag,
  SubscribeOptions,
} from "../../ports/message_bus.ts";
import { sleep } from "../_abortable.ts";
import type { SqlConnection } from "../sql/sql_connection.ts";
import { createMigrator } from "../sql/sql_migrations.ts";
import {
  append,
  BUS_MIGRATIONS,
  committedOf,
  endOf,
  joinGroup,
  oldestOf,
  PARTITION,
  pendingOf,
  read,
  sweep,
} from "./embedded_log.ts";

/** Limits of the embedded bus. */
export interface EmbeddedBusOptions {
  /** Messages a topic may hold that some group has not handled; publishers wait beyond. @default 50_000 */
  readonly pendingMax?: number;
  /** How long a publisher waits for room, ms. @default 120_000 */
  readonly publishTimeoutMs?: number;
  /** Wait before the first redelivery, ms; doubles each time. @default 100 */
  readonly retryMinMs?: number;
  /** Longest wait before a redelivery, ms. @default 10_000 */
  readonly retryMaxMs?: number;
}

/** Most messages handed over at once: what is read at once is held in memory and keeps the event loop. */
const BATCH_MAX = 100;

/** Published messages between two looks for what may go. */
const SWEEP_EVERY = 1_000;

/**
 * A bus in this process whose log is a database file: what `publish` acknowledged survives a crash of the process and
 * of the machine, and a group goes on where it committed. One process uses one file; each topic has one partition, so
 * the order holds even across keys.
 */
export function openEmbeddedBus(connection: SqlConnection, options: EmbeddedBusOptions = {}): MessageBus {
  return new EmbeddedBus(connection, options);
}

class EmbeddedBus implements MessageBus {
  readonly #connection: SqlConnection;
  readonly #ready: () => Promise<void>;
  readonly #options: Required<EmbeddedBusOptions>;
  /** Told whenever something was published or handled. */
  readonly #changes = new EventTarget();
  /** The subscriber that reads for a group; the next one waits for its turn. */
  readonly #turns = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();
  #publishedSinceSweep = 0;

  constructor(connection: SqlConnection, options: EmbeddedBusOptions) {
    this.#connection = connection;
    this.#ready = createMigrator(connection, BUS_MIGRATIONS);
    const { pendingMax = 50_000, publishTimeoutMs = 120_000, retryMinMs = 100, retryMaxMs = 10_000 } =
      options;
    this.#options = { pendingMax, publishTimeoutMs, retryMinMs, retryMaxMs };
  }

  async publish(topic: string, messages: readonly OutgoingMessage[], signal?: AbortSignal): Promise<void> {
    await this.#ready();
    await this.#waitForRoom(topic, messages.length, signal);
    await this.#connection.transaction((transaction) => append(transaction, topic, messages));
    this.#tell(topic);
    this.#publishedSinceSweep += messages.length;
    if (this.#publishedSinceSweep >= SWEEP_EVERY) {
      this.#publishedSinceSweep = 0;
      await this.#connection.transaction((transaction) => sweep(transaction, topic));
    }
  }

  async subscribe(topic: string, handler: BatchHandler, options: SubscribeOptions): Promise<void> {
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    const turn = `${options.group}\n${topic}`;
    const before = this.#turns.get(turn) ?? Promise.resolve();
    let started = false;
    const mine = before.then(() => {
      started = true;
      return this.#consume(topic, handler, { ...options, signal });
    });
    const ended = mine.catch(() => {});
    this.#turns.set(turn, ended);
    // Who is told to stop while waiting for a turn need not wait for it.
    await Promise.race([mine, abortion(signal).then(() => started ? mine : undefined)]);
    if (this.#turns.get(turn) === ended) this.#turns.delete(turn);
  }

  async browse(topic: string, options: BrowseOptions): Promise<readonly IncomingMessage[]> {
    await this.#ready();
    const after = Number(options.after?.[PARTITION] ?? -1);
    const { limit, bytesMax = Infinity } = options;
    const found = await read(this.#connection, topic, { from: after + 1, limit });
    let bytes = 0;
    const full = found.findIndex(({ value }) => (bytes += value?.byteLength ?? 0) >= bytesMax);
    return full === -1 ? found : found.slice(0, full + 1);
  }

  async lag(topic: string, group: string): Promise<readonly PartitionLag[]> {
    await this.#ready();
    const end = await endOf(this.#connection, topic);
    const committed = await committedOf(this.#connection, topic, group) ??
      await oldestOf(this.#connection, topic, end);
    return [{ partition: PARTITION, committed: `${committed}`, end: `${end}`, lag: end - committed }];
  }

  async ping(): Promise<void> {
    await this.#ready();
    await this.#connection.ping();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#turns.values());
    await this.#connection[Symbol.asyncDispose]();
  }

  async #consume(topic: string, handler: BatchHandler, options: SubscribeOptions): Promise<void> {
    const { group, signal, batchMax = 500 } = options;
    const { retryMinMs, retryMaxMs } = this.#options;
    if (signal.aborted) return;
    let from: number | undefined;
    let retryMs = retryMinMs;
    while (!signal.aborted) {
      try {
        await this.#ready();
        from ??= await this.#connection.transaction((transaction) => joinGroup(transaction, topic, group));
        const changed = this.#changed(topic, signal);
        const batch = await read(this.#connection, topic, { from, limit: Math.min(batchMax, BATCH_MAX) });
        if (batch.length === 0) {
          await changed;
          continue;
        }
        await handler(batch, signal);
        const next = Number(batch[batch.length - 1].offset) + 1;
        await this.#connection.execute(
          "UPDATE `bus_groups` SET `committed` = ? WHERE `topic` = ? AND `group` = ?",
          [next, topic, group],
        );
        from = next;
        retryMs = retryMinMs;
        this.#tell(topic);
      } catch {
        // The handler tells why it rejected, `ping` why the file can't be used; here both mean "again".
        await sleep(retryMs, signal);
        retryMs = Math.min(retryMs * 2, retryMaxMs);
      }
    }
  }

  async #waitForRoom(topic: string, messages: number, signal?: AbortSignal): Promise<void> {
    const { pendingMax, publishTimeoutMs } = this.#options;
    const deadline = AbortSignal.timeout(publishTimeoutMs);
    const given = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
    while (true) {
      signal?.throwIfAborted();
      const changed = this.#changed(topic, given);
      const pending = await pendingOf(this.#connection, topic);
      // A batch larger than the limit passes alone rather than never.
      if (pending === 0 || pending + messages <= pendingMax) return;
      if (given.aborted) {
        throw new DomainError(
          "unavailable",
          `Cannot publish to ${topic} as it is full: found ${pending} messages`,
        );
      }
      await changed;
    }
  }

  #tell(topic: string): void {
    this.#changes.dispatchEvent(new Event(topic));
  }

  /** Resolves when the topic changes after this call, or when `signal` aborts. */
  #changed(topic: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const settle = () => {
        this.#changes.removeEventListener(topic, settle);
        signal.removeEventListener("abort", settle);
        resolve();
      };
      this.#changes.addEventListener(topic, settle);
      signal.addEventListener("abort", settle);
      if (signal.aborted) settle();
    });
  }
}

function abortion(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
