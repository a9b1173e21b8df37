import { SlaEvent } from "../../domain/sla/sla_event.ts";
import type { NewEvent } from "../../ports/sla_progress_store.ts";
import type { SlaEvents } from "../../ports/sla_store.ts";
import type { SqlExecutor, SqlValue } from "../sql/sql_connection.ts";
import { upsertRows, type UpsertTable } from "../sql/sql_upsert.ts";
import { hashText } from "./_hash_text.ts";
import type { ReadySql } from "./_ready_sql.ts";

const COUNTERS: UpsertTable = {
  table: "sla_counters",
  key: ["name"],
  columns: ["value"],
  // One that has counted stays as it is.
  guard: ["value"],
};

interface EventRow {
  readonly sequence: number;
  readonly event: string;
}

/** Stored events. */
export function createSqlSlaEvents(ready: ReadySql): SlaEvents {
  return {
    async list({ slaId, fromMs, toMs, afterSequence }, { limit, cursor }) {
      const connection = await ready();
      const conditions = ["1 = 1"];
      const parameters: SqlValue[] = [];
      const where = (condition: string, value: SqlValue | undefined): void => {
        if (value === undefined) return;
        conditions.push(condition);
        parameters.push(value);
      };
      const ascending = afterSequence !== undefined;
      where("`sla_id` = ?", slaId);
      where("`at_ms` >= ?", fromMs);
      where("`at_ms` < ?", toMs);
      where("`sequence` > ?", afterSequence);
      where(
        ascending ? "`sequence` > ?" : "`sequence` < ?",
        cursor === undefined ? undefined : Number(cursor),
      );
      const rows = await connection.query<EventRow>(
        `SELECT \`sequence\`, \`event\` FROM \`sla_events\` WHERE ${conditions.join(" AND ")} ` +
          `ORDER BY \`sequence\` ${ascending ? "ASC" : "DESC"} LIMIT ${Math.floor(limit) + 1}`,
        parameters,
      );
      const items = rows.slice(0, limit).map(readEvent);
      return { items, nextCursor: rows.length > limit ? String(items.at(-1)!.sequence) : null };
    },
    async prune(beforeMs, limit) {
      const connection = await ready();
      const rows = await connection.query<{ sequence: number }>(
        `SELECT \`sequence\` FROM \`sla_events\` WHERE \`at_ms\` < ? ORDER BY \`sequence\` LIMIT ${
          Math.floor(limit)
        }`,
        [beforeMs],
      );
      if (rows.length === 0) return 0;
      return await connection.execute("DELETE FROM `sla_events` WHERE `sequence` <= ? AND `at_ms` < ?", [
        rows.at(-1)!.sequence,
        beforeMs,
      ]);
    },
  };
}

/**
 * Stores events that are not there yet, within the transaction of their evaluation; returns those with their place.
 */
export async function addEvents(
  transaction: SqlExecutor,
  events: readonly NewEvent[],
): Promise<readonly SlaEvent[]> {
  const stored: SlaEvent[] = [];
  for (const event of events) {
    const hash = hashText(event.id);
    const known = await transaction.query("SELECT `sequence` FROM `sla_events` WHERE `id_hash` = ?", [hash]);
    if (known.length > 0) continue;
    const sequence = await takeNumbers(transaction, "events", 1);
    await transaction.execute(
      "INSERT INTO `sla_events` (`sequence`, `id_hash`, `sla_id`, `at_ms`, `event`) VALUES (?, ?, ?, ?, ?)",
      [sequence, hash, event.slaId, event.atMs, JSON.stringify(event)],
    );
    stored.push({ ...event, sequence });
  }
  return stored;
}

/** Takes `count` numbers from a counter that only grows; its row stays locked until the transaction ends. */
export async function takeNumbers(transaction: SqlExecutor, name: string, count: number): Promise<number> {
  const add = "UPDATE `sla_counters` SET `value` = `value` + ? WHERE `name` = ?";
  if (await transaction.execute(add, [count, name]) === 0) {
    // Another process may be about to make it too: whose comes second changes nothing.
    await upsertRows(transaction, COUNTERS, [[name, 0]]);
    await transaction.execute(add, [count, name]);
  }
  const rows = await transaction.query<{ value: number }>(
    "SELECT `value` FROM `sla_counters` WHERE `name` = ?",
    [
      name,
    ],
  );
  return rows[0].value - count + 1;
}

function readEvent({ sequence, event }: EventRow): SlaEvent {
  return SlaEvent.parse({ ...JSON.parse(event), sequence });
}
