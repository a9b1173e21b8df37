import { DomainError } from "../domain/errors.ts";
import type {
  BatchHandler,
  BrowseOptions,
  IncomingMessage,
  MessageBus,
  OutgoingMessage,
  PartitionLag,
  SubscribeOptions,
} from "../ports/message_bus.ts";
import { sleep } from "./_abortable.ts";
import type { SqlConnection, SqlExecutor } from "./sql_connection.ts";
import { createMigrator, type Migrations } from "./sql_migrations.ts";

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

/** Handled messages that stay readable, per topic. */
const HANDLED_MAX = 1_000;

/** Messages that stay in a topic nobody reads, such as dead letters; older ones go. */
const UNREAD_MAX = 10_000;

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
    this.#ready = createMigrator(connection, MIGRATIONS);
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
    return await read(this.#connection, topic, { from: after + 1, limit: options.limit });
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

const PARTITION = 0;

/** Keys are blobs: text of any content, byte by byte. */
const MIGRATIONS: Migrations = {
  component: "bus",
  steps: [() => [
    "CREATE TABLE IF NOT EXISTS `bus_topics` (`topic` TEXT PRIMARY KEY, `end` BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS `bus_groups` (`topic` TEXT, `group` TEXT, `committed` BIGINT NOT NULL, " +
    "PRIMARY KEY (`topic`, `group`))",
    "CREATE TABLE IF NOT EXISTS `bus_messages` (`topic` TEXT, `offset` BIGINT, `key` BLOB NOT NULL, `value` BLOB, " +
    "`headers` TEXT NOT NULL, PRIMARY KEY (`topic`, `offset`))",
  ]],
};

async function append(
  transaction: SqlExecutor,
  topic: string,
  messages: readonly OutgoingMessage[],
): Promise<void> {
  let offset = await endOf(transaction, topic);
  const encoder = new TextEncoder();
  for (const { key, value, headers = {} } of messages) {
    await transaction.execute(
      "INSERT INTO `bus_messages` (`topic`, `offset`, `key`, `value`, `headers`) VALUES (?, ?, ?, ?, ?)",
      [topic, offset++, encoder.encode(key), value, JSON.stringify(headers)],
    );
  }
  await transaction.execute(
    "INSERT INTO `bus_topics` (`topic`, `end`) VALUES (?, ?) ON CONFLICT (`topic`) DO UPDATE SET `end` = excluded.`end`",
    [topic, offset],
  );
}

/** Where the group goes on: a new one at the oldest message. */
async function joinGroup(transaction: SqlExecutor, topic: string, group: string): Promise<number> {
  const committed = await committedOf(transaction, topic, group);
  if (committed !== undefined) return committed;
  const oldest = await oldestOf(transaction, topic, await endOf(transaction, topic));
  await transaction.execute("INSERT INTO `bus_groups` (`topic`, `group`, `committed`) VALUES (?, ?, ?)", [
    topic,
    group,
    oldest,
  ]);
  return oldest;
}

async function read(
  executor: SqlExecutor,
  topic: string,
  range: { readonly from: number; readonly limit: number },
): Promise<readonly IncomingMessage[]> {
  const rows = await executor.query<
    { offset: number; key: Uint8Array; value: Uint8Array | null; headers: string }
  >(
    "SELECT `offset`, `key`, `value`, `headers` FROM `bus_messages` WHERE `topic` = ? AND `offset` >= ? " +
      "ORDER BY `offset` LIMIT ?",
    [topic, range.from, range.limit],
  );
  const decoder = new TextDecoder();
  return rows.map(({ offset, key, value, headers }) => ({
    topic,
    partition: PARTITION,
    offset: `${offset}`,
    key: decoder.decode(key),
    value,
    headers: JSON.parse(headers),
  }));
}

/** Deletes what every group has handled, and the oldest of what nobody reads. */
async function sweep(transaction: SqlExecutor, topic: string): Promise<void> {
  const end = await endOf(transaction, topic);
  const [{ committed }] = await transaction.query<{ committed: number | null }>(
    "SELECT MIN(`committed`) AS `committed` FROM `bus_groups` WHERE `topic` = ?",
    [topic],
  );
  const keepFrom = committed === null ? end - UNREAD_MAX : committed - HANDLED_MAX;
  await transaction.execute("DELETE FROM `bus_messages` WHERE `topic` = ? AND `offset` < ?", [
    topic,
    keepFrom,
  ]);
}

/** Messages the slowest group has still to handle. */
async function pendingOf(executor: SqlExecutor, topic: string): Promise<number> {
  const [{ pending }] = await executor.query<{ pending: number | null }>(
    "SELECT MAX(t.`end` - g.`committed`) AS `pending` FROM `bus_topics` t JOIN `bus_groups` g ON g.`topic` = t.`topic` " +
      "WHERE t.`topic` = ?",
    [topic],
  );
  return pending ?? 0;
}

async function endOf(executor: SqlExecutor, topic: string): Promise<number> {
  const rows = await executor.query<{ end: number }>("SELECT `end` FROM `bus_topics` WHERE `topic` = ?", [
    topic,
  ]);
  return rows[0]?.end ?? 0;
}

async function oldestOf(executor: SqlExecutor, topic: string, end: number): Promise<number> {
  const [{ oldest }] = await executor.query<{ oldest: number | null }>(
    "SELECT MIN(`offset`) AS `oldest` FROM `bus_messages` WHERE `topic` = ?",
    [topic],
  );
  return oldest ?? end;
}

async function committedOf(executor: SqlExecutor, topic: string, group: string): Promise<number | undefined> {
  const rows = await executor.query<{ committed: number }>(
    "SELECT `committed` FROM `bus_groups` WHERE `topic` = ? AND `group` = ?",
    [topic, group],
  );
  return rows[0]?.committed;
}

function abortion(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
