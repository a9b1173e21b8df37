import { Buffer } from "node:buffer";
import mysql from "mysql2/promise";
import { DomainError } from "../../domain/errors.ts";
import { within } from "../_abortable.ts";
import {
  quoteIdentifier,
  type SqlConnection,
  type SqlExecutor,
  type SqlRow,
  type SqlValue,
} from "../sql/sql_connection.ts";
import { MYSQL_DIALECT } from "./mysql_dialect.ts";
import { isConnectionLoss, isDeadlock, translateConnectError, translateMysqlError } from "./mysql_errors.ts";
import { type MysqlLocation, readMysqlUrl } from "./mysql_url.ts";

/** Where the server is and how long to wait for it. */
export interface MysqlOptions {
  /** `mysql://user:password@host:port/database`, with `?ssl=true` or `?ssl={…}` for TLS. */
  readonly url: string;
  /** PEM file of the authority that signed the server's certificate: TLS with it, whatever the URL says of `ssl`. */
  readonly caFile?: string;
  /** Most connections. @default 10 */
  readonly connectionsMax?: number;
  /** How long one statement may take, ms; a server that stopped answering is given up then. @default 30_000 */
  readonly statementTimeoutMs?: number;
}

/** Callers that may wait for a connection; more are told that the database is busy. */
const WAITING_MAX = 1_000;

/** How often a transaction that lost a deadlock is run again. */
const DEADLOCK_RETRIES = 5;

const CONNECT_TIMEOUT_MS = 5_000;
const PING_TIMEOUT_MS = 4_000;
const LOCK_WAIT_S = 60;

/**
 * MySQL ≥ 8.4 and MariaDB ≥ 10.11 by mysql2. Every statement is prepared (the binary protocol): the text protocol
 * loses the last bit of some doubles. Lazy: the first call connects, and makes the database if it is missing and
 * rights allow.
 *
 * @throws {TypeError} If the URL is not one.
 */
export function openMysqlConnection(options: MysqlOptions): SqlConnection {
  return new MysqlConnection(options);
}

class MysqlConnection implements SqlConnection {
  readonly dialect = MYSQL_DIALECT;
  readonly #location: MysqlLocation;
  readonly #pool: mysql.Pool;
  readonly #statementTimeoutMs: number;

  constructor({ url, caFile, connectionsMax = 10, statementTimeoutMs = 30_000 }: MysqlOptions) {
    this.#location = withTls(readMysqlUrl(url), caFile);
    this.#statementTimeoutMs = statementTimeoutMs;
    this.#pool = mysql.createPool({
      ...this.#location,
      charset: "UTF8MB4_BIN",
      connectTimeout: CONNECT_TIMEOUT_MS,
      connectionLimit: connectionsMax,
      queueLimit: WAITING_MAX,
      enableKeepAlive: true,
      maxPreparedStatements: 500,
    });
    // Strict whatever the server is set to: a value that does not fit is refused and never cut. Read committed: no
    // gap locks, so that writers of different series don't wait for each other.
    this.#pool.on("connection", (connection) => {
      const told = connection as unknown as { query(sql: string, done: () => void): void };
      told.query("SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'", () => {});
      told.query("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", () => {});
    });
  }

  async query<Row extends object = SqlRow>(
    sql: string,
    parameters: readonly SqlValue[] = [],
  ): Promise<readonly Row[]> {
    try {
      return await this.#with((executor) => executor.query<Row>(sql, parameters));
    } catch (error) {
      // An idle connection may have died with a server that is back by now; reading again does no harm.
      if (!isConnectionLoss(error)) throw error;
      return await this.#with((executor) => executor.query<Row>(sql, parameters));
    }
  }

  async execute(sql: string, parameters: readonly SqlValue[] = []): Promise<number> {
    return await this.#with((executor) => executor.execute(sql, parameters));
  }

  async transaction<Result>(work: (transaction: SqlExecutor) => Promise<Result>): Promise<Result> {
    for (let attempt = 1;; attempt++) {
      try {
        return await this.#with((executor, connection) =>
          inTransaction(connection, () => work(executor), this.#statementTimeoutMs)
        );
      } catch (error) {
        if (!isDeadlock(error) || attempt > DEADLOCK_RETRIES) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, attempt * 20 * (0.5 + Math.random())));
    }
  }

  async locked<Result>(name: string, work: (executor: SqlExecutor) => Promise<Result>): Promise<Result> {
    const lock = `${name}.${this.#location.database}`.slice(0, 64);
    return await this.#with(async (_executor, connection) => {
      // Waits longer than a statement may otherwise take.
      const waiting = createExecutor(connection, 2 * LOCK_WAIT_S * 1_000);
      const [row] = await waiting.query<{ got: number | null }>(`SELECT GET_LOCK(?, ${LOCK_WAIT_S}) AS got`, [
        lock,
      ]);
      if (row?.got !== 1) {
        throw new DomainError("unavailable", `Cannot take the lock "${name}" as another process holds it`);
      }
      try {
        return await work(waiting);
      } finally {
        await waiting.query("SELECT RELEASE_LOCK(?) AS released", [lock]).catch(() => connection.destroy());
      }
    });
  }

  async ping(): Promise<void> {
    const late = () =>
      new DomainError(
        "unavailable",
        `Cannot reach the database at ${this.#location.host}:${this.#location.port} as it did not answer within ${PING_TIMEOUT_MS} ms`,
      );
    await within(PING_TIMEOUT_MS, this.#with((executor) => executor.query("SELECT 1")), late);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.end().catch(() => {});
  }

  async #with<Result>(
    work: (executor: SqlExecutor, connection: mysql.PoolConnection) => Promise<Result>,
  ): Promise<Result> {
    const connection = await this.#connect();
    let lost = false;
    try {
      return await work(createExecutor(connection, this.#statementTimeoutMs), connection);
    } catch (error) {
      lost = isConnectionLoss(error);
      throw error;
    } finally {
      // One whose answer may still come must not be used by the next caller.
      if (lost) connection.destroy();
      else connection.release();
    }
  }

  async #connect(): Promise<mysql.PoolConnection> {
    const tls = { tls: this.#location.ssl !== undefined };
    try {
      return await this.#pool.getConnection();
    } catch (error) {
      if ((error as { errno?: number }).errno !== 1049) throw translateConnectError(error, tls);
    }
    try {
      await createDatabase(this.#location);
      return await this.#pool.getConnection();
    } catch (error) {
      throw translateMysqlError(error);
    }
  }
}

/** The driver alone would take any certificate of a trusted authority, whoever it is made out to. */
function withTls(location: MysqlLocation, caFile: string | undefined): MysqlLocation {
  if (caFile === undefined && location.ssl === undefined) return location;
  const ca = caFile === undefined ? {} : { ca: Deno.readTextFileSync(caFile) };
  const verifyIdentity = location.ssl?.rejectUnauthorized !== false;
  return { ...location, ssl: { verifyIdentity, ...location.ssl, ...ca } };
}

function createExecutor(connection: mysql.PoolConnection, timeoutMs: number): SqlExecutor {
  async function run(sql: string, parameters: readonly SqlValue[]): Promise<unknown> {
    try {
      const [result] = await inTime(timeoutMs, connection.execute(sql, parameters.map(toBindable)));
      return result;
    } catch (error) {
      throw translateMysqlError(error);
    }
  }
  return {
    dialect: MYSQL_DIALECT,
    query: async <Row extends object>(sql: string, parameters: readonly SqlValue[] = []) =>
      await run(sql, parameters) as Row[],
    execute: async (sql, parameters = []) =>
      (await run(sql, parameters) as { affectedRows: number }).affectedRows,
  };
}

/**
 * Gives a server up that does not answer. The driver has a deadline of its own, but neither for preparing a statement
 * nor for a commit, and its timer outlives a connection that breaks.
 */
async function inTime<Result>(deadlineMs: number, work: Promise<Result>): Promise<Result> {
  const late = () => Object.assign(new Error(`no answer within ${deadlineMs} ms`), { code: "ETIMEDOUT" });
  return await within(deadlineMs, work, late);
}

async function inTransaction<Result>(
  connection: mysql.PoolConnection,
  work: () => Promise<Result>,
  timeoutMs: number,
): Promise<Result> {
  try {
    await inTime(timeoutMs, connection.beginTransaction());
    const result = await work();
    await inTime(timeoutMs, connection.commit());
    return result;
  } catch (error) {
    const translated = translateMysqlError(error);
    // A connection that is lost rolls back by itself.
    if (!isConnectionLoss(translated)) {
      await inTime(timeoutMs, connection.rollback()).catch(() => connection.destroy());
    }
    throw translated;
  }
}

async function createDatabase({ database, ...location }: MysqlLocation): Promise<void> {
  const connection = await mysql.createConnection({ ...location, connectTimeout: CONNECT_TIMEOUT_MS });
  try {
    await inTime(
      CONNECT_TIMEOUT_MS,
      connection.query(
        `CREATE DATABASE IF NOT EXISTS ${
          quoteIdentifier(database)
        } CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
      ),
    );
  } finally {
    await inTime(CONNECT_TIMEOUT_MS, connection.end()).catch(() => connection.destroy());
  }
}

function toBindable(value: SqlValue): string | number | null | Buffer {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new DomainError("invalid", `Cannot store a number as it must be finite: found ${value}`);
  }
  if (!(value instanceof Uint8Array)) return value;
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
