import { DomainError } from "../../domain/errors.ts";

interface MysqlError extends Error {
  readonly code?: string;
  readonly errno?: number;
  readonly sqlState?: string;
  readonly fatal?: boolean;
}

const DEADLOCKS = new Set([1205, 1213]);

/** No such table, or no such column: someone else's migration has not run yet. */
const NOT_THERE_YET = new Set([1054, 1146]);

/**
 * Overload, read-only, shutting down, out of space, no rights: it may be better later, and the data are not to blame.
 */
const REFUSING = new Set([
  1021,
  1040,
  1041,
  1044,
  1045,
  1049,
  1053,
  1077,
  1114,
  1142,
  1152,
  1158,
  1159,
  1160,
  1161,
  1203,
  1205,
  1213,
  1226,
  1227,
  1290,
  1317,
  1698,
  1792,
  1836,
  1927,
  1969,
  3024,
  3100,
  3101,
  3159,
]);

/** MySQL says that it wants TLS; MariaDB denies access without a word of it. */
const MAYBE_TLS_WANTED = new Set([1045, 3159]);

/** Turns what mysql2 threw at a connection attempt, knowing whether it was made by TLS. */
export function translateConnectError(error: unknown, { tls }: { readonly tls: boolean }): unknown {
  const translated = translateMysqlError(error);
  const { errno } = error as MysqlError;
  if (tls || !(translated instanceof DomainError) || !MAYBE_TLS_WANTED.has(errno ?? 0)) return translated;
  return new DomainError(
    translated.code,
    `${translated.message} (if it asks for TLS: MYSQL_CA_FILE, or ?ssl=true in MYSQL_URL)`,
    { cause: error },
  );
}

/** Turns what mysql2 threw into what callers handle; anything it does not know is a bug and stays as it is. */
export function translateMysqlError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DomainError) return error;
  const { errno, sqlState, message } = error as MysqlError;
  if (errno !== undefined && NOT_THERE_YET.has(errno) && sqlState !== undefined) {
    return new DomainError(
      "unavailable",
      "Cannot read the database as its tables are not there yet: the service that writes them makes them",
      {
        cause: error,
      },
    );
  }
  // A server's own errors have a state; without one the connection failed.
  if (sqlState === undefined || errno === undefined) {
    if (!isDriverError(error)) return error;
    return new DomainError(
      "unavailable",
      `Cannot reach the database as the connection failed: ${tell(error)}`,
      {
        cause: error,
      },
    );
  }
  if (REFUSING.has(errno) || sqlState.startsWith("08")) {
    return new DomainError("unavailable", `Cannot use the database as it refuses: ${message}`, {
      cause: error,
    });
  }
  // 22 is a value that does not fit its column, 23 one that breaks a constraint.
  if (/^2[23]/.test(sqlState) || errno === 1366 || errno === 1265) {
    return new DomainError("invalid", `Cannot store a value as the database refuses it: ${message}`, {
      cause: error,
    });
  }
  return error;
}

/** Whether a transaction lost against another and is worth running again. */
export function isDeadlock(error: unknown): boolean {
  const cause = (error instanceof DomainError ? error.cause : error) as MysqlError | undefined;
  return cause?.errno !== undefined && DEADLOCKS.has(cause.errno);
}

/** Whether the connection is of no more use: it broke, or an answer may still come on it. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof DomainError) || error.code !== "unavailable") return false;
  const cause = error.cause as MysqlError | undefined;
  return cause !== undefined &&
    (cause.sqlState === undefined || cause.fatal === true || cause.errno === 1927);
}

function isDriverError(error: MysqlError): boolean {
  return error.fatal === true || error.code !== undefined ||
    /^(?:Can't add new command|Queue limit reached|Pool is closed|No connections available)/.test(
      error.message,
    );
}

/** A failed connection attempt to several addresses has no message of its own. */
function tell(error: MysqlError): string {
  const reason = error.message || error.code || error.name;
  return /self-signed|unable to (?:verify|get)/.test(reason)
    ? `no trusted authority signed its certificate, MYSQL_CA_FILE names one (${reason})`
    : reason;
}
