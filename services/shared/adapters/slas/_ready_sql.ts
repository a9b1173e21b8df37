import type { SqlConnection } from "../sql/sql_connection.ts";

/** A connection whose tables are made on first use. */
export type ReadySql = () => Promise<SqlConnection>;
