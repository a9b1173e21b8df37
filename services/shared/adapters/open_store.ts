import type { ResultReader } from "../ports/result_reader.ts";
import type { ResultWriter } from "../ports/result_writer.ts";
import type { SqlConnection } from "./sql/sql_connection.ts";

/** Which database. */
export interface StoreConfig {
  /** `mysql://…` of MySQL or MariaDB; none chooses SQLite. */
  readonly mysqlUrl?: string;
  /** PEM file of the authority that signed MySQL's certificate; TLS with it. */
  readonly mysqlCaFile?: string;
  /** File of SQLite, or `:memory:`. */
  readonly sqlitePath?: string;
}

/** The variables that say it. */
export interface MysqlVariables {
  readonly MYSQL_URL?: string;
  readonly MYSQL_CA_FILE?: string;
}

/** The configuration in the store's own words. */
export function toStoreConfig({ MYSQL_URL, MYSQL_CA_FILE }: MysqlVariables): StoreConfig {
  return { mysqlUrl: MYSQL_URL, mysqlCaFile: MYSQL_CA_FILE };
}

/** How it is used. */
export interface StoreOptions {
  /** Never writes nor makes a file. @default false */
  readonly readOnly?: boolean;
}

/**
 * Opens MySQL or MariaDB if there is a URL, else SQLite. The driver of the other is not even loaded, and nothing is
 * connected before the first call.
 *
 * @throws {TypeError} If there is neither, or the URL is none.
 */
export async function openSqlConnection(
  config: StoreConfig,
  options: StoreOptions = {},
): Promise<SqlConnection> {
  const { mysqlUrl, mysqlCaFile, sqlitePath } = config;
  if (mysqlUrl !== undefined && mysqlUrl !== "") {
    const { openMysqlConnection } = await import("./mysql/mysql_connection.ts");
    return openMysqlConnection({ url: mysqlUrl, caFile: mysqlCaFile });
  }
  if (sqlitePath === undefined) {
    throw new TypeError("Cannot open a store as there must be a URL or a file: found neither");
  }
  const { openSqliteConnection } = await import("./sqlite/sqlite_connection.ts");
  return openSqliteConnection({ path: sqlitePath, ...options });
}

/** Opens the store of results to write to. */
export async function openResultWriter(config: StoreConfig): Promise<ResultWriter> {
  const { createResultWriter } = await import("./results/sql_result_writer.ts");
  return createResultWriter(await openSqlConnection(config));
}

/** Opens the store of results to read from; needs no writer's rights. */
export async function openResultReader(config: StoreConfig): Promise<ResultReader> {
  const { createResultReader } = await import("./results/sql_result_reader.ts");
  return createResultReader(await openSqlConnection(config, { readOnly: true }));
}
