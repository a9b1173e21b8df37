import { DomainError } from "../domain/errors.ts";
import type { Page, PageRequest } from "../domain/page.ts";
import type {
  LatestOptions,
  ResultReader,
  SeriesFilter,
  Stored,
  StoredResults,
} from "../ports/result_reader.ts";
import {
  type ForecastRow,
  fromForecastRow,
  fromMetadataRow,
  fromSeriesRow,
  fromStatisticsRow,
  type MetadataRow,
  type SeriesRow,
  type StatisticsRow,
} from "./result_rows.ts";
import type { SqlConnection, SqlValue } from "./sql_connection.ts";

type Kind = keyof StoredResults;

const SERIES_COLUMNS =
  "s.`id` AS series_id, s.`name` AS series_name, s.`labels` AS series_labels, s.`type` AS series_type, " +
  "s.`unit` AS series_unit";

/** What is read of each kind, and how its newest row per series (and window) is found by the key alone. */
const KINDS = {
  metadata: {
    columns: "r.`body`, r.`correlations`, r.`produced_at`",
    join: "JOIN `metadata` r ON r.`series_id` = s.`id`",
  },
  statistics: {
    columns: "r.`window`, r.`window_start`, r.`window_end`, r.`count`, r.`min`, r.`max`, r.`mean`, " +
      "r.`standard_deviation`, r.`reason`, r.`produced_at`",
    join:
      "CROSS JOIN `windows` w JOIN `statistics` r ON r.`series_id` = s.`id` AND r.`window` = w.`window` " +
      "AND r.`window_end` = (SELECT n.`window_end` FROM `statistics` n WHERE n.`series_id` = s.`id` " +
      "AND n.`window` = w.`window` ORDER BY n.`window_end` DESC LIMIT 1)",
  },
  forecast: {
    columns: "r.`origin`, r.`body`, r.`steps`, r.`produced_at`",
    join:
      "JOIN `forecasts` r ON r.`series_id` = s.`id` AND r.`origin` = (SELECT n.`origin` FROM `forecasts` n " +
      "WHERE n.`series_id` = s.`id` ORDER BY n.`origin` DESC LIMIT 1)",
  },
} as const;

/**
 * Reads results over any {@linkcode SqlConnection}, which it closes with itself.
 *
 * It makes no tables: until data_storage has made them, every call rejects with `unavailable`.
 */
export function createResultReader(connection: SqlConnection): ResultReader {
  return {
    async listSeries(filter, page) {
      const { where, parameters } = conditions(filter, page, ["s.`id`"]);
      const rows = await connection.query<SeriesRow>(
        `SELECT ${SERIES_COLUMNS} FROM \`series\` s ${where} ORDER BY s.\`id\` ${limit(page.limit + 1)}`,
        parameters,
      );
      return toPage(rows, page, fromSeriesRow, ({ series_id }) => [series_id]);
    },

    async readSeries(id) {
      const rows = await connection.query<SeriesRow>(
        `SELECT ${SERIES_COLUMNS} FROM \`series\` s WHERE s.\`id\` = ?`,
        [id],
      );
      // MySQL's comparison ignores spaces at the end.
      return rows.filter((row) => row.series_id === id).map(fromSeriesRow)[0] ?? null;
    },

    async readLatest<K extends Kind>(kind: K, id: string, options: LatestOptions = {}) {
      const page = await listLatest(connection, kind, { ...options, id }, { limit: 1 });
      return page.items.find(({ series }) => series.id === id) ?? null;
    },

    listLatest: (kind, filter, page) => listLatest(connection, kind, filter, page),

    async listForecasts(id, range) {
      const rows = await connection.query<ForecastRow & { origin: number }>(
        `SELECT ${SERIES_COLUMNS}, ${KINDS.forecast.columns} FROM \`series\` s ` +
          "JOIN `forecasts` r ON r.`series_id` = s.`id` " +
          `WHERE s.\`id\` = ? AND r.\`origin\` >= ? AND r.\`origin\` < ? ORDER BY r.\`origin\` ${
            limit(range.limit)
          }`,
        [id, range.fromMs, range.toMs],
      );
      return rows.map(fromForecastRow);
    },

    async ping() {
      // Tells both whether the database answers and whether its tables are there.
      await connection.ping();
      await connection.query("SELECT `id` FROM `series` LIMIT 1");
    },
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}

type Filter = SeriesFilter & LatestOptions & { readonly id?: string };

async function listLatest<K extends Kind>(
  connection: SqlConnection,
  kind: K,
  filter: Filter,
  page: PageRequest,
): Promise<Page<Stored<StoredResults[K]>>> {
  const key = kind === "statistics" ? ["s.`id`", "w.`window`"] : ["s.`id`"];
  const { where, parameters } = conditions(filter, page, key);
  const { columns, join } = KINDS[kind];
  const rows = await connection.query<SeriesRow>(
    `SELECT ${SERIES_COLUMNS}, ${columns} FROM \`series\` s ${join} ${where} ` +
      `ORDER BY ${key.join(", ")} ${limit(page.limit + 1)}`,
    parameters,
  );
  const keyOf = (row: SeriesRow) =>
    kind === "statistics" ? [row.series_id, (row as StatisticsRow).window] : [row.series_id];
  return toPage(rows, page, DECODERS[kind], keyOf);
}

const DECODERS: { readonly [K in Kind]: (row: SeriesRow) => Stored<StoredResults[K]> } = {
  metadata: (row: SeriesRow) => fromMetadataRow(row as MetadataRow),
  statistics: (row: SeriesRow) => fromStatisticsRow(row as StatisticsRow),
  forecast: (row: SeriesRow) => fromForecastRow(row as ForecastRow & { origin: number }),
};

interface Conditions {
  readonly where: string;
  readonly parameters: readonly SqlValue[];
}

function conditions(
  filter: Filter,
  page: PageRequest,
  key: readonly string[],
): Conditions {
  const terms: string[] = [];
  const parameters: SqlValue[] = [];
  const add = (term: string, ...values: readonly SqlValue[]) => {
    terms.push(term);
    parameters.push(...values);
  };
  if (filter.id !== undefined) add("s.`id` = ?", filter.id);
  // MySQL ignores spaces at the end when it compares; the lengths don't.
  if (filter.name !== undefined) {
    add("s.`name` = ? AND LENGTH(s.`name`) = LENGTH(?)", filter.name, filter.name);
  }
  if (filter.window !== undefined && key.length === 2) add("w.`window` = ?", filter.window);
  for (const [label, value] of Object.entries(filter.labels ?? {})) {
    // Labels are JSON as JSON.stringify writes it: a quote within a string is escaped there, so the text of a pair
    // occurs only where that pair is. An empty value means that there is no such label.
    if (value === "") add("INSTR(s.`labels`, ?) = 0", `${JSON.stringify(label)}:`);
    else add("INSTR(s.`labels`, ?) > 0", `${JSON.stringify(label)}:${JSON.stringify(value)}`);
  }
  if (page.cursor !== undefined) {
    const after = readCursor(page.cursor, key.length);
    add(`(${key.join(", ")}) > (${key.map(() => "?").join(", ")})`, ...after);
    // Row comparisons alone keep MySQL from seeking in the key.
    add(`${key[0]} >= ?`, after[0]);
  }
  return { where: terms.length === 0 ? "" : `WHERE ${terms.join(" AND ")}`, parameters };
}

/** Written into the text: a bound number is a double to MySQL, which it does not take for LIMIT everywhere. */
function limit(rows: number): string {
  if (!Number.isSafeInteger(rows) || rows < 1 || rows > 10_001) {
    throw new RangeError(`Cannot read rows as the limit must be an integer from 1 to 10,000: found ${rows}`);
  }
  return `LIMIT ${rows}`;
}

function toPage<Row, Item>(
  rows: readonly Row[],
  page: PageRequest,
  decode: (row: Row) => Item,
  key: (row: Row) => readonly string[],
): Page<Item> {
  const kept = rows.slice(0, page.limit);
  return {
    items: kept.map(decode),
    nextCursor: rows.length > kept.length ? writeCursor(key(kept[kept.length - 1])) : null,
  };
}

function writeCursor(key: readonly string[]): string {
  return btoa(JSON.stringify(key)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function readCursor(cursor: string, length: number): readonly string[] {
  try {
    const key: unknown = JSON.parse(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")));
    if (Array.isArray(key) && key.length === length && key.every((part) => typeof part === "string")) {
      return key;
    }
  } catch {
    // Told below, with everything else that is no cursor.
  }
  throw new DomainError("invalid", "Cannot read the page as its cursor is not one of ours", {
    fields: [{ field: "cursor", message: "must be a nextCursor of a page before" }],
  });
}
