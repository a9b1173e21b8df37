import type { Dependency } from "../../ports/health.ts";

/** What a statement may be given and what a row holds. Numbers are doubles; NaN and infinities are refused. */
export type SqlValue = string | number | null | Uint8Array;

/** One row, by column name. */
export type SqlRow = Readonly<Record<string, SqlValue>>;

/**
 * Runs statements. Parameters are always bound, never pasted into the text; identifiers are quoted with backticks,
 * which every engine here reads.
 *
 * Rejects with `DomainError` `unavailable` when the database can't be reached or has no such tables yet, with
 * `invalid` when it refuses a value; anything else is a bug in the statement.
 */
export interface SqlExecutor {
  readonly dialect: SqlDialect;
  /** Rows of a SELECT; doubles come back bit for bit (but −0 as 0), integers beyond 2^53 are not supported. */
  query<Row extends object = SqlRow>(sql: string, parameters?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Runs a statement that changes something; resolves to the number of rows it matched. */
  execute(sql: string, parameters?: readonly SqlValue[]): Promise<number>;
}

/**
 * A database: MySQL, MariaDB or SQLite. Opening does no I/O that may fail for long: a database that is down is told
 * by the first call.
 */
export interface SqlConnection extends SqlExecutor, Dependency, AsyncDisposable {
  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it rejects. A deadlock or lock
   * timeout runs it again, a bounded number of times, so `work` must have no effect but its statements.
   */
  transaction<Result>(work: (transaction: SqlExecutor) => Promise<Result>): Promise<Result>;
  /** Runs `work` while no other process runs anything under the same lock name; for migrations. */
  locked<Result>(name: string, work: (executor: SqlExecutor) => Promise<Result>): Promise<Result>;
}

/** Where engines differ; everything else is written once. */
export interface SqlDialect {
  readonly engine: "mysql" | "sqlite";
  /** What closes CREATE TABLE: character set and collation, so that text compares byte by byte. */
  readonly tableEnd: string;
  /** The same for tables of small rows, which are best kept in the order of their key. */
  readonly smallRowsTableEnd: string;
  /** Rows one INSERT takes at most, largest first; few sizes keep the prepared statements few. */
  readonly insertSizes: readonly number[];
  /** The end of an INSERT that updates the row already there, if the guard's columns say that it is newer. */
  onConflict(upsert: UpsertClause): string;
}

/** Columns of an upsert. */
export interface UpsertClause {
  /** The primary key. */
  readonly key: readonly string[];
  /** What is replaced, the guard's columns included. */
  readonly columns: readonly string[];
  /** Compared left to right: a row replaces the stored one only if its guard is greater. Without it, always. */
  readonly guard?: readonly string[];
}

/** Quotes an identifier for every engine. */
export function quoteIdentifier(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}
