import { openMysqlConnection } from "../../services/shared/adapters/mysql/mysql_connection.ts";
import { ResultMessage } from "../../services/shared/domain/results/messages.ts";
import { RESULTS_TOPIC } from "../../services/shared/domain/topics.ts";
import type { MessageBus } from "../../services/shared/ports/message_bus.ts";

/**
 * What the topic says each row must hold: under its natural key, the figures of the newest messages (more than one if
 * they were made in the same millisecond).
 */
export async function readPublished(bus: MessageBus): Promise<Map<string, string[]>> {
  const newest = new Map<string, { atMs: number; rows: string[] }>();
  for (const { value } of await bus.browse(RESULTS_TOPIC, { limit: 1_000_000 })) {
    const message = ResultMessage.parse(JSON.parse(new TextDecoder().decode(value!)));
    const { producedAtMs: atMs, series } = message;
    add(`series ${series.id}`, atMs, [series.name, atMs]);
    if (message.kind === "metadata") add(`metadata ${series.id}`, atMs, [atMs]);
    if (message.kind === "forecast") add(`forecast ${series.id} ${message.originMs}`, atMs, [atMs]);
    if (message.kind === "statistics") {
      const { window, fromMs, toMs, count, min, max, mean, standardDeviation } = message;
      const figures = [fromMs, count, min, max, mean, standardDeviation, atMs];
      add(`statistics ${series.id} ${window} ${toMs}`, atMs, figures);
    }
  }
  return new Map([...newest].map(([key, { rows }]) => [key, rows]));

  function add(key: string, atMs: number, row: readonly unknown[]): void {
    const known = newest.get(key);
    if (known === undefined || known.atMs < atMs) newest.set(key, { atMs, rows: [JSON.stringify(row)] });
    else if (known.atMs === atMs) known.rows.push(JSON.stringify(row));
  }
}

/** What the tables hold, read past the services: a key that is there twice is an error. */
export async function readStored(mysqlUrl: string): Promise<Map<string, string>> {
  const connection = openMysqlConnection({ url: mysqlUrl });
  const stored = new Map<string, string>();
  try {
    for (const [kind, columns, figures] of TABLES) {
      const table = kind === "forecast" ? "forecasts" : kind;
      const rows = await connection.query(
        `SELECT ${[...columns, ...figures].map((column) => `\`${column}\``).join(", ")} FROM \`${table}\``,
      );
      for (const row of rows) {
        const key = [kind, ...columns.map((column) => row[column])].join(" ");
        if (stored.has(key)) throw new Error(`${key} is stored twice`);
        stored.set(key, JSON.stringify(figures.map((column) => row[column])));
      }
    }
  } finally {
    await connection[Symbol.asyncDispose]();
  }
  return stored;
}

/** Kind, the columns of its natural key, those compared. */
const TABLES = [
  ["series", ["id"], ["name", "produced_at"]],
  ["metadata", ["series_id"], ["produced_at"]],
  ["forecast", ["series_id", "origin"], ["produced_at"]],
  ["statistics", ["series_id", "window", "window_end"], [
    "window_start",
    "count",
    "min",
    "max",
    "mean",
    "standard_deviation",
    "produced_at",
  ]],
] as const;
