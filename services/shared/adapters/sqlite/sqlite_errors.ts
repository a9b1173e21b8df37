import { DomainError } from "../../domain/errors.ts";

/** node:sqlite tells no error codes in Deno: the words are SQLite's own and stable. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && /^database (?:table |schema )?is locked/.test(error.message);
}

/** Turns what node:sqlite threw into what callers handle; anything it does not know is a bug and stays as it is. */
export function translateSqliteError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DomainError) return error;
  const { message } = error;
  if (/^no such table/.test(message)) {
    return new DomainError(
      "unavailable",
      "Cannot read the database as its tables are not there yet: the service that writes them makes them",
      {
        cause: error,
      },
    );
  }
  if (/^unable to open database file/.test(message)) {
    return new DomainError("unavailable", "Cannot open the database as its file is not there yet", {
      cause: error,
    });
  }
  if (isBusy(error) || /disk|full|readonly|malformed|not a database|Requires \w+ access/.test(message)) {
    return new DomainError("unavailable", `Cannot use the database as it refuses: ${message}`, {
      cause: error,
    });
  }
  if (/constraint failed|too big|out of range/.test(message)) {
    return new DomainError("invalid", `Cannot store a value as the database refuses it: ${message}`, {
      cause: error,
    });
  }
  return error;
}
