import type { ResultMessage } from "../../domain/results/messages.ts";
import type { Series } from "../../domain/series.ts";
import type { ResultWriter, Retention, StoreCount } from "../../ports/result_writer.ts";
import type { SqlConnection, SqlExecutor } from "../sql/sql_connection.ts";
import { createMigrator } from "../sql/sql_migrations.ts";
import { type UpsertRow, upsertRows, type UpsertTable } from "../sql/sql_upsert.ts";
import { toForecastRow, toMetadataRow, toSeriesRow, toStatisticsRow } from "./result_rows.ts";
import { RESULT_MIGRATIONS, RESULT_TABLES } from "./result_tables.ts";

/** Series one transaction of pruning takes at most: short locks, and readers and writers in between. */
const PRUNE_SERIES = 20;

/** A count may be a second old, and older where counting, a walk over the tables, takes long. */
const COUNT_AGE_MIN_MS = 1_000;
const COUNT_AGE_PER_COST = 20;

/**
 * Writes results over any {@linkcode SqlConnection}, which it closes with itself.
 *
 * Tables are made and migrated by the first call that finds the database there.
 */
export function createResultWriter(connection: SqlConnection): ResultWriter {
  const ready = createMigrator(connection, RESULT_MIGRATIONS);
  const knownWindows = new Set<string>();
  let counted: { readonly count: Promise<StoreCount>; readonly untilMs: number } | undefined;
  return {
    async write(messages) {
      await ready();
      const rows = toRows(messages);
      const windows = rows.windows.filter(([window]) => !knownWindows.has(window as string));
      await connection.transaction(async (transaction) => {
        await upsertRows(transaction, RESULT_TABLES.series, rows.series);
        await upsertRows(transaction, RESULT_TABLES.windows, windows);
        await upsertRows(transaction, RESULT_TABLES.metadata, rows.metadata);
        await upsertRows(transaction, RESULT_TABLES.statistics, rows.statistics);
        await upsertRows(transaction, RESULT_TABLES.forecast, rows.forecast);
      });
      for (const [window] of windows) knownWindows.add(window as string);
    },
    async prune(retention, nowMs) {
      await ready();
      return await prune(connection, retention, nowMs);
    },
    async count() {
      await ready();
      if (counted !== undefined && performance.now() < counted.untilMs) return await counted.count;
      const startMs = performance.now();
      const mine = { count: countRows(connection), untilMs: Infinity };
      counted = mine;
      try {
        return await mine.count;
      } finally {
        const costMs = performance.now() - startMs;
        mine.untilMs = performance.now() + Math.max(COUNT_AGE_MIN_MS, COUNT_AGE_PER_COST * costMs);
        // One that failed tells nobody anything.
        mine.count.catch(() => counted = undefined);
      }
    },
    async ping() {
      await connection.ping();
      await ready();
    },
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}

/** Rows per table, the latest of each key only, in the order of the keys. */
function toRows(
  messages: readonly ResultMessage[],
): Record<keyof typeof RESULT_TABLES, readonly UpsertRow[]> {
  const series = new Map<string, ResultMessage[]>();
  const rows = {
    metadata: new Latest(RESULT_TABLES.metadata),
    statistics: new Latest(RESULT_TABLES.statistics),
    windows: new Latest(RESULT_TABLES.windows),
    forecast: new Latest(RESULT_TABLES.forecast),
  };
  for (const message of messages) {
    collectSeries(series, message);
    if (message.kind === "metadata") rows.metadata.add(toMetadataRow(message));
    else if (message.kind === "forecast") rows.forecast.add(toForecastRow(message));
    else {
      rows.statistics.add(toStatisticsRow(message));
      rows.windows.add([message.window]);
    }
  }
  const latestSeries = new Latest(RESULT_TABLES.series);
  for (const candidates of series.values()) {
    for (const each of candidates) latestSeries.add(toSeriesRow(each));
  }
  return {
    series: latestSeries.sorted(),
    metadata: rows.metadata.sorted(),
    statistics: rows.statistics.sorted(),
    windows: rows.windows.sorted(),
    forecast: rows.forecast.sorted(),
  };
}

/** Keeps of each series the newest messages that tell it differently: mostly one of the handful there are. */
function collectSeries(series: Map<string, ResultMessage[]>, message: ResultMessage): void {
  const { id } = message.series;
  const newest = series.get(id);
  if (newest === undefined || message.producedAtMs > newest[0].producedAtMs) series.set(id, [message]);
  else if (
    message.producedAtMs === newest[0].producedAtMs &&
    !newest.some((each) => isSame(each.series, message.series))
  ) {
    newest.push(message);
  }
}

function isSame(a: Series, b: Series): boolean {
  if (a.name !== b.name || a.type !== b.type || a.unit !== b.unit) return false;
  const names = Object.keys(a.labels);
  return names.length === Object.keys(b.labels).length &&
    names.every((name) => a.labels[name] === b.labels[name]);
}

/** Keeps of each key the row whose guard, the last two columns, is greatest. */
class Latest {
  readonly #rows = new Map<string, UpsertRow>();
  readonly #keys: number;
  readonly #guarded: boolean;

  constructor({ key, guard }: UpsertTable) {
    this.#keys = key.length;
    this.#guarded = guard !== undefined;
  }

  add(row: UpsertRow): void {
    let key = row[0] as string;
    for (let k = 1; k < this.#keys; k++) key += `\n${row[k]}`;
    const before = this.#rows.get(key);
    if (before === undefined || (this.#guarded && isNewer(row, before))) this.#rows.set(key, row);
  }

  sorted(): readonly UpsertRow[] {
    return [...this.#rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }
}

function isNewer(row: UpsertRow, before: UpsertRow): boolean {
  const [producedAt, tie] = row.slice(-2) as number[];
  const [producedAtBefore, tieBefore] = before.slice(-2) as number[];
  return producedAt > producedAtBefore || (producedAt === producedAtBefore && tie > tieBefore);
}

/**
 * Walks the series and deletes what each has too much of: the keys begin with the series, so this reads what it
 * deletes and little else. A series that nothing was heard of for the longer of the retentions goes too, with its
 * metadata.
 */
async function prune(connection: SqlConnection, retention: Retention, nowMs: number): Promise<number> {
  const silentBeforeMs = nowMs - Math.max(retention.forecastsMs, retention.statisticsMs);
  const windows = await connection.query<{ window: string }>("SELECT `window` FROM `windows`");
  let deleted = 0;
  let after = "";
  while (true) {
    const page = await connection.query<{ id: string; produced_at: number }>(
      `SELECT \`id\`, \`produced_at\` FROM \`series\` WHERE \`id\` > ? ORDER BY \`id\` LIMIT ${PRUNE_SERIES}`,
      [after],
    );
    if (page.length === 0) return deleted;
    deleted += await connection.transaction(async (transaction) => {
      let rows = 0;
      for (const { id, produced_at } of page) {
        rows += await transaction.execute(
          "DELETE FROM `forecasts` WHERE `series_id` = ? AND `origin` < ?",
          [id, nowMs - retention.forecastsMs],
        );
        for (const { window } of windows) {
          rows += await transaction.execute(
            "DELETE FROM `statistics` WHERE `series_id` = ? AND `window` = ? AND `window_end` < ?",
            [id, window, nowMs - retention.statisticsMs],
          );
        }
        if (produced_at < silentBeforeMs) rows += await forget(transaction, id, silentBeforeMs);
      }
      return rows;
    });
    after = page[page.length - 1].id;
  }
}

/** Asks for the age again: the series may have been heard of since the page was read. */
async function forget(transaction: SqlExecutor, id: string, beforeMs: number): Promise<number> {
  const series = await transaction.execute("DELETE FROM `series` WHERE `id` = ? AND `produced_at` < ?", [
    id,
    beforeMs,
  ]);
  if (series === 0) return 0;
  return series + await transaction.execute("DELETE FROM `metadata` WHERE `series_id` = ?", [id]);
}

async function countRows(executor: SqlExecutor): Promise<StoreCount> {
  const count = async (table: string) => {
    const [row] = await executor.query<{ rows: number }>(`SELECT COUNT(*) AS \`rows\` FROM \`${table}\``);
    return row.rows;
  };
  // A series row is touched by every result of the series.
  const [newest] = await executor.query<{ at: number | null }>(
    "SELECT MAX(`produced_at`) AS `at` FROM `series`",
  );
  return {
    rows: {
      series: await count("series"),
      metadata: await count("metadata"),
      statistics: await count("statistics"),
      forecast: await count("forecasts"),
    },
    lastProducedAtMs: newest.at,
  };
}
