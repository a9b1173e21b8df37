import type { Migrations } from "../sql/sql_migrations.ts";

/**
 * The tables of SLAs. Documents are JSON text, so that a NUL or any other character survives every engine; names are
 * unique by their hash, so that they compare by code point whatever the collation and however long.
 */
export const SLA_TABLES: Migrations = {
  component: "slas",
  steps: [
    ({ engine, tableEnd, smallRowsTableEnd }) => {
      const id = "VARCHAR(40) NOT NULL";
      const document = engine === "mysql" ? "LONGTEXT NOT NULL" : "TEXT NOT NULL";
      // MySQL has no CREATE INDEX IF NOT EXISTS, SQLite no index within CREATE TABLE.
      const index = (name: string, columns: string): string =>
        engine === "mysql" ? `, INDEX \`${name}\` (${columns})` : "";
      return [
        `CREATE TABLE IF NOT EXISTS \`slas\` (\`id\` ${id}, \`name_hash\` CHAR(64) NOT NULL, ` +
        `\`revision\` INTEGER NOT NULL, \`definition\` ${document}, \`version\` INTEGER NOT NULL, ` +
        `\`progress\` ${document}, PRIMARY KEY (\`id\`), UNIQUE (\`name_hash\`))${tableEnd}`,
        `CREATE TABLE IF NOT EXISTS \`sla_series\` (\`sla_id\` ${id}, \`series_id\` CHAR(16) NOT NULL, ` +
        `\`progress\` ${document}, PRIMARY KEY (\`sla_id\`, \`series_id\`))${tableEnd}`,
        `CREATE TABLE IF NOT EXISTS \`sla_models\` (\`sla_id\` ${id}, \`series_id\` CHAR(16) NOT NULL, ` +
        `\`chosen_at_ms\` BIGINT NOT NULL, \`effort\` VARCHAR(8) NOT NULL, \`model\` ${document}, ` +
        `PRIMARY KEY (\`sla_id\`, \`series_id\`))${tableEnd}`,
        `CREATE TABLE IF NOT EXISTS \`sla_buckets\` (\`sla_id\` ${id}, \`series_id\` CHAR(16) NOT NULL, ` +
        "`hour_ms` BIGINT NOT NULL, `good_ms` BIGINT NOT NULL, `bad_ms` BIGINT NOT NULL, " +
        `\`missing_ms\` BIGINT NOT NULL, PRIMARY KEY (\`sla_id\`, \`series_id\`, \`hour_ms\`))${smallRowsTableEnd}`,
        `CREATE TABLE IF NOT EXISTS \`sla_counters\` (\`name\` VARCHAR(40) NOT NULL, \`value\` BIGINT NOT NULL, ` +
        `PRIMARY KEY (\`name\`))${tableEnd}`,
        `CREATE TABLE IF NOT EXISTS \`sla_events\` (\`sequence\` BIGINT NOT NULL, \`id_hash\` CHAR(64) NOT NULL, ` +
        `\`sla_id\` ${id}, \`at_ms\` BIGINT NOT NULL, \`event\` ${document}, PRIMARY KEY (\`sequence\`), ` +
        `UNIQUE (\`id_hash\`)${index("sla_events_by_sla", "`sla_id`, `sequence`")})${tableEnd}`,
        `CREATE TABLE IF NOT EXISTS \`sla_outbox\` (\`channel\` VARCHAR(40) NOT NULL, ` +
        "`id` VARCHAR(100) NOT NULL, `sequence` BIGINT NOT NULL, `attempts` INTEGER NOT NULL, " +
        `\`next_attempt_ms\` BIGINT NOT NULL, \`alert\` ${document}, PRIMARY KEY (\`channel\`, \`id\`)` +
        `${index("sla_outbox_by_order", "`channel`, `sequence`")})${tableEnd}`,
        ...(engine === "mysql" ? [] : [
          "CREATE INDEX IF NOT EXISTS `sla_events_by_sla` ON `sla_events` (`sla_id`, `sequence`)",
          "CREATE INDEX IF NOT EXISTS `sla_outbox_by_order` ON `sla_outbox` (`channel`, `sequence`)",
        ]),
      ];
    },
  ],
};
