import { DatabaseSync, type StatementSync } from "node:sqlite";
import { DomainError } from "../../domain/errors.ts";
import type { SqlExecutor, SqlValue } from "../sql/sql_connection.ts";
import { SQLITE_DIALECT } from "./sqlite_dialect.ts";
import { isBusy, translateSqliteError } from "./sqlite_errors.ts";

/** Most prepared statements kept per handle. */
const STATEMENTS_MAX = 200;

/** One handle of a SQLite file, with its prepared statements. */
export class SqliteHandle {
  readonly executor: SqlExecutor;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, options: { readonly readOnly?: boolean } = {}) {
    const { readOnly = false } = options;
    // Waiting inside SQLite would block the event loop: writers wait outside, readers need not.
    this.#database = new DatabaseSync(path, { readOnly, timeout: readOnly ? 250 : 0 });
    if (!readOnly) {
      this.#database.exec("PRAGMA journal_mode = WAL");
      this.#database.exec("PRAGMA synchronous = FULL");
    }
    this.executor = {
      dialect: SQLITE_DIALECT,
      // Awaited by callers, so that what these throw rejects.
      query: async <Row extends object>(sql: string, parameters: readonly SqlValue[] = []) =>
        await this.query<Row>(sql, parameters),
      execute: async (sql, parameters = []) => await this.execute(sql, parameters),
    };
  }

  query<Row extends object>(sql: string, parameters: readonly SqlValue[]): readonly Row[] {
    requireFinite(parameters);
    try {
      return this.#prepare(sql).all(...parameters as SqlValue[]) as Row[];
    } catch (error) {
      throw translateSqliteError(error);
    }
  }

  execute(sql: string, parameters: readonly SqlValue[]): number {
    requireFinite(parameters);
    requireStorable(parameters);
    try {
      return Number(this.#prepare(sql).run(...parameters as SqlValue[]).changes);
    } catch (error) {
      throw isBusy(error) ? error : translateSqliteError(error);
    }
  }

  rollBack(): void {
    if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      if (this.#statements.size >= STATEMENTS_MAX) this.#statements.clear();
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** What is asked for may hold a NUL: as no stored text does, none is found. */
function requireStorable(parameters: readonly SqlValue[]): void {
  if (parameters.some((value) => typeof value === "string" && value.includes("\0"))) {
    throw new DomainError("invalid", "Cannot store text as SQLite keeps no NUL character: found one");
  }
}

function requireFinite(parameters: readonly SqlValue[]): void {
  for (const value of parameters) {
    // SQLite makes a NULL of NaN, silently.
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw new DomainError("invalid", `Cannot store a number as it must be finite: found ${value}`);
    }
  }
}
