import type { Migrations } from "../sql/sql_migrations.ts";
import type { UpsertTable } from "../sql/sql_upsert.ts";

const ID = "VARCHAR(16) NOT NULL";

/**
 * The tables of data_storage.
 *
 * Every row is found by its natural key. `produced_at` and `tie` guard it: the later message wins, and of two made in
 * the same millisecond always the same one, so that the order of arrival leaves no trace. Labels, and what is read
 * only as a whole, are JSON; arrays of doubles are blobs of IEEE 754 little-endian numbers, exact and less than half
 * as long.
 */
export const RESULT_MIGRATIONS: Migrations = {
  component: "results",
  steps: [({ tableEnd, smallRowsTableEnd }) => [
    "CREATE TABLE IF NOT EXISTS `series` (" +
    `\`id\` ${ID}, \`name\` MEDIUMTEXT NOT NULL, \`labels\` LONGTEXT NOT NULL, \`type\` VARCHAR(16) NOT NULL, ` +
    "`unit` MEDIUMTEXT, `produced_at` BIGINT NOT NULL, `tie` BIGINT NOT NULL, " +
    `PRIMARY KEY (\`id\`))${tableEnd}`,

    "CREATE TABLE IF NOT EXISTS `metadata` (" +
    `\`series_id\` ${ID}, \`body\` LONGTEXT NOT NULL, \`correlations\` LONGBLOB NOT NULL, ` +
    "`produced_at` BIGINT NOT NULL, `tie` BIGINT NOT NULL, " +
    `PRIMARY KEY (\`series_id\`))${tableEnd}`,

    "CREATE TABLE IF NOT EXISTS `statistics` (" +
    `\`series_id\` ${ID}, \`window\` VARCHAR(32) NOT NULL, \`window_end\` BIGINT NOT NULL, ` +
    "`window_start` BIGINT NOT NULL, `count` BIGINT NOT NULL, `min` DOUBLE, `max` DOUBLE, `mean` DOUBLE, " +
    "`standard_deviation` DOUBLE, `reason` TEXT, `produced_at` BIGINT NOT NULL, `tie` BIGINT NOT NULL, " +
    `PRIMARY KEY (\`series_id\`, \`window\`, \`window_end\`))${smallRowsTableEnd}`,

    // The windows there are, so that "newest of each series and window" need not search for them.
    "CREATE TABLE IF NOT EXISTS `windows` (" +
    `\`window\` VARCHAR(32) NOT NULL, PRIMARY KEY (\`window\`))${smallRowsTableEnd}`,

    "CREATE TABLE IF NOT EXISTS `forecasts` (" +
    `\`series_id\` ${ID}, \`origin\` BIGINT NOT NULL, \`body\` LONGTEXT NOT NULL, \`steps\` LONGBLOB NOT NULL, ` +
    "`produced_at` BIGINT NOT NULL, `tie` BIGINT NOT NULL, " +
    `PRIMARY KEY (\`series_id\`, \`origin\`))${tableEnd}`,
  ]],
};

const GUARD = ["produced_at", "tie"];

/** How rows of each table are replaced. */
export const RESULT_TABLES = {
  series: {
    table: "series",
    key: ["id"],
    columns: ["name", "labels", "type", "unit", ...GUARD],
    guard: GUARD,
  },
  metadata: {
    table: "metadata",
    key: ["series_id"],
    columns: ["body", "correlations", ...GUARD],
    guard: GUARD,
  },
  statistics: {
    table: "statistics",
    key: ["series_id", "window", "window_end"],
    columns: ["window_start", "count", "min", "max", "mean", "standard_deviation", "reason", ...GUARD],
    guard: GUARD,
  },
  windows: { table: "windows", key: ["window"], columns: [] },
  forecast: {
    table: "forecasts",
    key: ["series_id", "origin"],
    columns: ["body", "steps", ...GUARD],
    guard: GUARD,
  },
} as const satisfies Record<string, UpsertTable>;
