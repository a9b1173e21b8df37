import { dirname } from "node:path";
import { DomainError } from "../../domain/errors.ts";
import type { SqlConnection, SqlExecutor, SqlRow, SqlValue } from "../sql/sql_connection.ts";
import { SQLITE_DIALECT } from "./sqlite_dialect.ts";
import { isBusy, translateSqliteError } from "./sqlite_errors.ts";
import { SqliteHandle } from "./sqlite_handle.ts";

/** Where the file is and how it is used. */
export interface SqliteOptions {
  /** A file path (its folder is created), or `:memory:`. */
  readonly path: string;
  /** Never writes, and waits for the file to be made by someone else. @default false */
  readonly readOnly?: boolean;
  /** How long a writer waits for another process's transaction, ms. @default 10_000 */
  readonly busyTimeoutMs?: number;
}

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
  #writer?: SqliteHandle;
  #reader?: SqliteHandle;
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

  #write(): SqliteHandle {
    if (this.#readOnly) return this.#read();
    return this.#writer ??= this.#open(() => {
      if (this.#path !== ":memory:") Deno.mkdirSync(dirname(this.#path), { recursive: true });
      return new SqliteHandle(this.#path);
    });
  }

  #read(): SqliteHandle {
    return this.#reader ??= this.#open(() => {
      // A reader's handle can't make the file.
      if (!this.#readOnly) this.#write();
      return new SqliteHandle(this.#path, { readOnly: true });
    });
  }

  #open(open: () => SqliteHandle): SqliteHandle {
    if (this.#closed) throw new DomainError("unavailable", "Cannot use the database as it is closed");
    try {
      return open();
    } catch (error) {
      throw translateSqliteError(error);
    }
  }
}
