import type { IncomingMessage, OutgoingMessage } from "../../ports/message_bus.ts";
import type { SqlExecutor } from "../sql/sql_connection.ts";
import type { Migrations } from "../sql/sql_migrations.ts";

/** Handled messages that stay readable, per topic. */
const HANDLED_MAX = 1_000;

/** Messages that stay in a topic nobody reads, such as dead letters; older ones go. */
const UNREAD_MAX = 10_000;

/** The one partition of every topic. */
export const PARTITION = 0;

/** Keys are blobs: text of any content, byte by byte. */
export const BUS_MIGRATIONS: Migrations = {
  component: "bus",
  steps: [() => [
    "CREATE TABLE IF NOT EXISTS `bus_topics` (`topic` TEXT PRIMARY KEY, `end` BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS `bus_groups` (`topic` TEXT, `group` TEXT, `committed` BIGINT NOT NULL, " +
    "PRIMARY KEY (`topic`, `group`))",
    "CREATE TABLE IF NOT EXISTS `bus_messages` (`topic` TEXT, `offset` BIGINT, `key` BLOB NOT NULL, `value` BLOB, " +
    "`headers` TEXT NOT NULL, PRIMARY KEY (`topic`, `offset`))",
  ]],
};

/** Adds messages at the end of a topic. */
export async function append(
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
export async function joinGroup(transaction: SqlExecutor, topic: string, group: string): Promise<number> {
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

/** Messages from an offset on, oldest first. */
export async function read(
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
export async function sweep(transaction: SqlExecutor, topic: string): Promise<void> {
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
export async function pendingOf(executor: SqlExecutor, topic: string): Promise<number> {
  const [{ pending }] = await executor.query<{ pending: number | null }>(
    "SELECT MAX(t.`end` - g.`committed`) AS `pending` FROM `bus_topics` t JOIN `bus_groups` g ON g.`topic` = t.`topic` " +
      "WHERE t.`topic` = ?",
    [topic],
  );
  return pending ?? 0;
}

/** The offset the next message will get. */
export async function endOf(executor: SqlExecutor, topic: string): Promise<number> {
  const rows = await executor.query<{ end: number }>("SELECT `end` FROM `bus_topics` WHERE `topic` = ?", [
    topic,
  ]);
  return rows[0]?.end ?? 0;
}

/** The offset of the oldest message there is, `end` where there is none. */
export async function oldestOf(executor: SqlExecutor, topic: string, end: number): Promise<number> {
  const [{ oldest }] = await executor.query<{ oldest: number | null }>(
    "SELECT MIN(`offset`) AS `oldest` FROM `bus_messages` WHERE `topic` = ?",
    [topic],
  );
  return oldest ?? end;
}

/** Where a group goes on, `undefined` for one that never joined. */
export async function committedOf(
  executor: SqlExecutor,
  topic: string,
  group: string,
): Promise<number | undefined> {
  const rows = await executor.query<{ committed: number }>(
    "SELECT `committed` FROM `bus_groups` WHERE `topic` = ? AND `group` = ?",
    [topic, group],
  );
  return rows[0]?.committed;
}
