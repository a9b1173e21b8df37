import { readCursor } from "../../domain/cursor.ts";
import type { Page, PageRequest } from "../../domain/page.ts";
import type { LatestOptions, ResultReader, Stored, StoredResults } from "../../ports/result_reader.ts";
import type { SqlConnection } from "../sql/sql_connection.ts";
import { conditions, limit, type ResultFilter, toPage } from "./_result_query.ts";
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

type Kind = keyof StoredResults;

const SERIES_COLUMNS =
  "s.`id` AS series_id, s.`name` AS series_name, s.`labels` AS series_labels, s.`type` AS series_type, " +
  "s.`unit` AS series_unit";

/**
 * What is read of each kind, and how its newest row per series (and window) is found by the key alone: ordered by the
 * whole key, though all but its end is given, as MySQL reads the key backwards then and otherwise sorts the history.
 */
const KINDS = {
  metadata: {
    key: ["s.`id`"],
    columns: "r.`body`, r.`correlations`, r.`produced_at`",
    join: "JOIN `metadata` r ON r.`series_id` = s.`id`",
  },
  statistics: {
    key: ["s.`id`", "w.`window`"],
    columns: "r.`window`, r.`window_start`, r.`window_end`, r.`count`, r.`min`, r.`max`, r.`mean`, " +
      "r.`standard_deviation`, r.`reason`, r.`produced_at`",
    join:
      "CROSS JOIN `windows` w JOIN `statistics` r ON r.`series_id` = s.`id` AND r.`window` = w.`window` " +
      "AND r.`window_end` = (SELECT n.`window_end` FROM `statistics` n WHERE n.`series_id` = s.`id` " +
      "AND n.`window` = w.`window` ORDER BY n.`series_id` DESC, n.`window` DESC, n.`window_end` DESC LIMIT 1)",
  },
  forecast: {
    key: ["s.`id`"],
    columns: "r.`origin`, r.`body`, r.`steps`, r.`produced_at`",
    join:
      "JOIN `forecasts` r ON r.`series_id` = s.`id` AND r.`origin` = (SELECT n.`origin` FROM `forecasts` n " +
      "WHERE n.`series_id` = s.`id` ORDER BY n.`series_id` DESC, n.`origin` DESC LIMIT 1)",
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
      const after = page.cursor === undefined ? undefined : readCursor("series", page.cursor, 1);
      const { where, parameters } = conditions(filter, ["s.`id`"], after);
      const rows = await connection.query<SeriesRow>(
        `SELECT ${SERIES_COLUMNS} FROM \`series\` s ${where} ORDER BY s.\`id\` ${limit(page.limit + 1)}`,
        parameters,
      );
      return toPage(rows, page, {
        list: "series",
        decode: fromSeriesRow,
        key: ({ series_id }) => [series_id],
      });
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
      const rows = await readLatestOf(connection, kind, { ...options, id });
      return rows.filter((row) => row.series_id === id).map(DECODERS[kind])[0] ?? null;
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

/**
 * Reads page by page of series: joined with all their history first and cut to a page then, as a database would do it
 * at times, a page of a hundred takes as long as all.
 */
async function listLatest<K extends Kind>(
  connection: SqlConnection,
  kind: K,
  filter: ResultFilter,
  page: PageRequest,
): Promise<Page<Stored<StoredResults[K]>>> {
  const key = KINDS[kind].key;
  const start = page.cursor === undefined ? undefined : readCursor(kind, page.cursor, key.length);
  const rows: SeriesRow[] = [];
  // A series of which only some windows were on the page before is read again.
  let ids: { readonly from?: string; readonly after?: readonly string[] } = { from: start?.[0] };
  while (rows.length <= page.limit) {
    const { where, parameters } = conditions({ ...filter, from: ids.from }, ["s.`id`"], ids.after);
    const found = await connection.query<{ id: string }>(
      `SELECT s.\`id\` FROM \`series\` s ${where} ORDER BY s.\`id\` ${limit(page.limit + 1)}`,
      parameters,
    );
    if (found.length === 0) break;
    const [from, to] = [found[0].id, found[found.length - 1].id];
    rows.push(...await readLatestOf(connection, kind, { ...filter, from, to }, start));
    if (found.length <= page.limit) break;
    ids = { after: [to] };
  }
  const keyOf = (row: SeriesRow) =>
    kind === "statistics" ? [row.series_id, (row as StatisticsRow).window] : [row.series_id];
  return toPage(rows, page, { list: kind, decode: DECODERS[kind], key: keyOf });
}

async function readLatestOf(
  connection: SqlConnection,
  kind: Kind,
  filter: ResultFilter,
  after?: readonly string[],
): Promise<readonly SeriesRow[]> {
  const { columns, join, key } = KINDS[kind];
  const { where, parameters } = conditions(filter, key, after);
  return await connection.query<SeriesRow>(
    `SELECT ${SERIES_COLUMNS}, ${columns} FROM \`series\` s ${join} ${where} ORDER BY ${key.join(", ")}`,
    parameters,
  );
}

const DECODERS: { readonly [K in Kind]: (row: SeriesRow) => Stored<StoredResults[K]> } = {
  metadata: (row: SeriesRow) => fromMetadataRow(row as MetadataRow),
  statistics: (row: SeriesRow) => fromStatisticsRow(row as StatisticsRow),
  forecast: (row: SeriesRow) => fromForecastRow(row as ForecastRow & { origin: number }),
};
