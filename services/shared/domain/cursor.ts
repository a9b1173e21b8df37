import { DomainError } from "./errors.ts";

/**
 * Writes the cursor of a list: where its next page starts, bound to the list it belongs to. Opaque to whoever gets
 * it, and safe within a URL.
 */
export function writeCursor(list: string, key: readonly string[]): string {
  return new TextEncoder().encode(JSON.stringify([list, ...key]))
    .toBase64({ alphabet: "base64url", omitPadding: true });
}

/**
 * Reads the key out of a cursor; one that was made up, or that another list gave, says nothing of this one.
 *
 * @throws {DomainError} `invalid`, naming the field, if it is no cursor of this list or its key has another length.
 */
export function readCursor(list: string, cursor: string, length?: number): readonly string[] {
  const [of, ...key] = parse(cursor);
  if (of === list && (length === undefined || key.length === length)) return key;
  throw strangeCursor();
}

/** What a cursor that was made up is answered with. */
export function strangeCursor(): DomainError {
  return new DomainError("invalid", "Cannot read the page as its cursor is not one of this list", {
    fields: [{ field: "cursor", message: "must be the nextCursor of a page before, of this very list" }],
  });
}

function parse(cursor: string): readonly string[] {
  try {
    const bytes = Uint8Array.fromBase64(cursor, { alphabet: "base64url" });
    const parts: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (Array.isArray(parts) && parts.every((part) => typeof part === "string")) return parts;
  } catch {
    // Told by the caller, with everything else that is no cursor.
  }
  return [];
}
