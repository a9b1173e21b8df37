import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { DomainError } from "../../domain/errors.ts";
import {
  quoteIdentifier,
  type SqlConnection,
  type SqlDialect,
  type SqlExecutor,
  type SqlRow,
  type SqlValue,
} from "../sql/sql_connection.ts";
import { isBusy, translateSqliteError } from "./sqlite_errors.ts";

/** Where the file is and how it is used. */
export interface SqliteOptions {
  /** A file path (its folder is created), or `:memory:`. */
  readonly path: string;
  /** Never writes, and waits for the file to be made by someone else. @default false */
  readonly readOnly?: boolean;
  /** How long a writer waits for another process's transaction, ms. @default 10_000 */
  readonly busyTimeoutMs?: number;
}

/** Most prepared statements kept per handle. */
const STATEMENTS_MAX = 200;

/** How long to wait before asking again for a lock that another holds, ms. */
const BUSY_RETRY_MS = 5;

/**
 * SQLite by `node:sqlite`: two handles on one file, so that readers see only what is committed while a transaction of
 * the same process is under way. Writers queue; a lock held by another process is awaited without blocking the event
 * loop. What a transaction committed survives a crash of the process and of the machine.
 *
 * Text with a NUL character is refused: SQLite would cut it off there.
 */
export function openSqliteConnection(options: SqliteOptions): SqlConnection {
  return new SqliteConnection(options);
}

class SqliteConnection implements SqlConnection {
  readonly dialect = SQLITE_DIALECT;
  readonly #path: string;
  readonly #readOnly: boolean;
  readonly #busyTimeoutMs: number;
  #writer?: Handle;
  #reader?: Handle;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor({ path, readOnly = false, busyTimeoutMs = 10_000 }: SqliteOptions) {
    this.#path = path;
    this.#readOnly = readOnly;
    this.#busyTimeoutMs = busyTimeoutMs;
  }

  async query<Row extends object = SqlRow>(
    sql: string,
    parameters: readonly SqlValue[] = [],
  ): Promise<readonly Row[]> {
    // In memory there is one handle, and a transaction on it may be under way.
    if (this.#path === ":memory:") {
      return await this.#enqueue(() => Promise.resolve(this.#write().query<Row>(sql, parameters)));
    }
    return this.#read().query<Row>(sql, parameters);
  }

  async execute(sql: string, parameters: readonly SqlValue[] = []): Promise<number> {
    return await this.#enqueue(() => this.#unlessBusy(() => this.#write().execute(sql, parameters)));
  }

  async transaction<Result>(work: (transaction: SqlExecutor) => Promise<Result>): Promise<Result> {
    return await this.#enqueue(async () => {
      const handle = this.#write();
      await this.#unlessBusy(() => handle.execute("BEGIN IMMEDIATE", []));
      try {
        const result = await work(handle.executor);
        await this.#unlessBusy(() => handle.execute("COMMIT", []));
        return result;
      } catch (error) {
        handle.rollBack();
        throw error;
      }
    });
  }

  async locked<Result>(_name: string, work: (executor: SqlExecutor) => Promise<Result>): Promise<Result> {
    return await this.transaction(work);
  }

  async ping(): Promise<void> {
    await this.query("SELECT 1");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#queue;
    this.#reader?.close();
    this.#writer?.close();
    this.#reader = this.#writer = undefined;
  }

  /** Writers one after another. */
  #enqueue<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => {});
    return result;
  }

  async #unlessBusy<Result>(step: () => Result): Promise<Result> {
    const deadline = performance.now() + this.#busyTimeoutMs;
    while (true) {
      try {
        return step();
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw translateSqliteError(error);
      }
      await new Promise((resolve) => setTimeout(resolve, BUSY_RETRY_MS));
    }
  }

  #write(): Handle {
    if (this.#readOnly) return this.#read();
    return this.#writer ??= this.#open(false);
  }

  #read(): Handle {
    return this.#reader ??= this.#open(true);
  }

  #open(readOnly: boolean): Handle {
    if (this.#closed) throw new DomainError("unavailable", "Cannot use the database as it is closed");
    try {
      if (!this.#readOnly && this.#path !== ":memory:") {
        Deno.mkdirSync(dirname(this.#path), { recursive: true });
        // A reader's handle can't make the file.
        if (readOnly) this.#writer ??= new Handle(this.#path, false);
      }
      return new Handle(this.#path, readOnly);
    } catch (error) {
      throw translateSqliteError(error);
    }
  }
}

/** One handle of the file with its prepared statements. */
class Handle {
  readonly executor: SqlExecutor;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, readOnly: boolean) {
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
    requireBindable(parameters);
    try {
      return this.#prepare(sql).all(...parameters as SqlValue[]) as Row[];
    } catch (error) {
      throw translateSqliteError(error);
    }
  }

  execute(sql: string, parameters: readonly SqlValue[]): number {
    requireBindable(parameters);
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

const SQLITE_DIALECT: SqlDialect = {
  engine: "sqlite",
  tableEnd: "",
  smallRowsTableEnd: " WITHOUT ROWID",
  // A prepared statement run row by row is faster here than long lists of values.
  insertSizes: [1],
  onConflict({ key, columns, guard }) {
    const target = key.map(quoteIdentifier).join(",");
    if (columns.length === 0) return `ON CONFLICT (${target}) DO NOTHING`;
    const assignments = columns.map((name) => `${quoteIdentifier(name)} = excluded.${quoteIdentifier(name)}`);
    const update = `ON CONFLICT (${target}) DO UPDATE SET ${assignments.join(",")}`;
    if (guard === undefined) return update;
    const theirs = guard.map((name) => `excluded.${quoteIdentifier(name)}`).join(",");
    return `${update} WHERE (${theirs}) > (${guard.map(quoteIdentifier).join(",")})`;
  },
};

function requireBindable(parameters: readonly SqlValue[]): void {
  for (const value of parameters) {
    if (typeof value === "string" && value.includes("\0")) {
      throw new DomainError("invalid", "Cannot store text as SQLite keeps no NUL character: found one");
    }
    // SQLite makes a NULL of NaN, silently.
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw new DomainError("invalid", `Cannot store a number as it must be finite: found ${value}`);
    }
  }
}
