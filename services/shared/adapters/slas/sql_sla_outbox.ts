import { SlaAlert } from "../../domain/sla/sla_event.ts";
import type { NewOutboxMessage, SlaOutbox } from "../../ports/sla_outbox.ts";
import type { SqlExecutor } from "../sql/sql_connection.ts";
import { upsertRows, type UpsertTable } from "../sql/sql_upsert.ts";
import type { ReadySql } from "./_ready_sql.ts";
import { takeNumbers } from "./sql_sla_events.ts";

const OUTBOX: UpsertTable = {
  table: "sla_outbox",
  key: ["channel", "id"],
  // The row itself again: one that is there already keeps its place and its attempts.
  columns: ["sequence", "attempts", "next_attempt_ms", "alert"],
  guard: ["attempts"],
};

interface OutboxRow {
  readonly id: string;
  readonly alert: string;
  readonly attempts: number;
  readonly next_attempt_ms: number;
}

/** Messages that wait for delivery. */
export function createSqlSlaOutbox(ready: ReadySql): SlaOutbox {
  return {
    async peek(channel, limit) {
      const connection = await ready();
      const rows = await connection.query<OutboxRow>(
        "SELECT `id`, `alert`, `attempts`, `next_attempt_ms` FROM `sla_outbox` WHERE `channel` = ? " +
          `ORDER BY \`sequence\` LIMIT ${Math.floor(limit)}`,
        [channel],
      );
      return rows.map(({ id, alert, attempts, next_attempt_ms }) => ({
        id,
        channel,
        attempts,
        nextAttemptMs: next_attempt_ms,
        alert: SlaAlert.parse(JSON.parse(alert)),
      }));
    },
    async settle(channel, ids) {
      const connection = await ready();
      await connection.transaction(async (transaction) => {
        for (const id of ids) {
          await transaction.execute("DELETE FROM `sla_outbox` WHERE `channel` = ? AND `id` = ?", [
            channel,
            id,
          ]);
        }
      });
    },
    async postpone(channel, ids, nextAttemptMs) {
      const connection = await ready();
      await connection.transaction(async (transaction) => {
        for (const id of ids) {
          await transaction.execute(
            "UPDATE `sla_outbox` SET `attempts` = `attempts` + 1, `next_attempt_ms` = ? WHERE `channel` = ? AND `id` = ?",
            [nextAttemptMs, channel, id],
          );
        }
      });
    },
  };
}

/** Puts messages at the end of the outbox, within the transaction of what they tell. */
export async function addMessages(
  transaction: SqlExecutor,
  messages: readonly NewOutboxMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  const distinct = [
    ...new Map(messages.map((message) => [`${message.channel} ${message.id}`, message])).values(),
  ];
  const first = await takeNumbers(transaction, "outbox", distinct.length);
  const rows = distinct.map((
    { channel, id, alert },
    i,
  ) => [channel, id, first + i, 0, 0, JSON.stringify(alert)]);
  await upsertRows(transaction, OUTBOX, rows);
}
