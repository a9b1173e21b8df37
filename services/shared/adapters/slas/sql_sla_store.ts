import type { SlaStore } from "../../ports/sla_store.ts";
import type { SqlConnection } from "../sql/sql_connection.ts";
import { createMigrator } from "../sql/sql_migrations.ts";
import type { ReadySql } from "./_ready_sql.ts";
import { SLA_TABLES } from "./sla_tables.ts";
import { createSqlSlaDefinitions } from "./sql_sla_definitions.ts";
import { createSqlSlaEvents } from "./sql_sla_events.ts";
import { createSqlSlaOutbox } from "./sql_sla_outbox.ts";
import { createSqlSlaProgress } from "./sql_sla_progress.ts";

/**
 * SLAs over any SQL database: MySQL, MariaDB or SQLite, with the same statements. Takes the connection over:
 * disposing of the store closes it.
 */
export function openSqlSlaStore(connection: SqlConnection): SlaStore {
  const migrated = createMigrator(connection, SLA_TABLES);
  const ready: ReadySql = async () => {
    await migrated();
    return connection;
  };
  return {
    definitions: createSqlSlaDefinitions(ready),
    progress: createSqlSlaProgress(ready),
    events: createSqlSlaEvents(ready),
    outbox: createSqlSlaOutbox(ready),
    async ping(signal) {
      await connection.ping(signal);
      await migrated();
    },
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}
