import { quoteIdentifier, type SqlExecutor, type SqlValue, type UpsertClause } from "./sql_connection.ts";

/** A table and how its rows are replaced. */
export interface UpsertTable extends UpsertClause {
  readonly table: string;
}

/** One row: values in the order of `key`, then `columns`. */
export type UpsertRow = readonly SqlValue[];

/**
 * Inserts rows, replacing those already there under the same key when the guard says the new one is newer.
 *
 * Rows of one call must have distinct keys. Give them in the order of the key: concurrent writers then take locks in
 * one order.
 */
export async function upsertRows(
  executor: SqlExecutor,
  table: UpsertTable,
  rows: readonly UpsertRow[],
): Promise<void> {
  let done = 0;
  while (done < rows.length) {
    const { taken, size } = nextStatement(executor.dialect.insertSizes, rows, done);
    const parameters = size === 1 ? [...rows[done]] : rows.slice(done, done + taken).flat();
    for (let padding = taken; padding < size; padding++) parameters.push(...rows[done + taken - 1]);
    await executor.execute(statementFor(executor, table, size), parameters as readonly SqlValue[]);
    done += taken;
  }
}

/** Characters and bytes one statement carries at most, below every server's default packet limit. */
const STATEMENT_LENGTH_MAX = 4 * 1_024 * 1_024;

/**
 * How many rows go next, and by a statement of what size: prepared statements are of a few sizes, so the last row is
 * repeated to fill one up. Inserting a row over itself changes nothing, and one statement is one round trip.
 */
function nextStatement(
  sizes: readonly number[],
  rows: readonly UpsertRow[],
  from: number,
): { readonly taken: number; readonly size: number } {
  const left = rows.length - from;
  for (const [k, size] of sizes.entries()) {
    // The smallest size that takes all that is left, or the largest there is.
    if (left <= (sizes[k + 1] ?? 0)) continue;
    const taken = Math.min(size, left);
    const length = lengthOf(rows, from, from + taken) +
      (size - taken) * lengthOf(rows, from + taken - 1, from + taken);
    if (size === 1 || length <= STATEMENT_LENGTH_MAX) return { taken, size };
  }
  return { taken: 1, size: 1 };
}

function lengthOf(rows: readonly UpsertRow[], from: number, to: number): number {
  let length = 0;
  for (let i = from; i < to; i++) {
    for (const value of rows[i]) length += value === null || typeof value === "number" ? 8 : value.length;
  }
  return length;
}

/** Statement texts are built once per table, engine and size. */
const statements = new WeakMap<UpsertTable, Map<string, string>>();

function statementFor({ dialect }: SqlExecutor, table: UpsertTable, size: number): string {
  let texts = statements.get(table);
  if (texts === undefined) statements.set(table, texts = new Map());
  const name = `${dialect.engine} ${size}`;
  let text = texts.get(name);
  if (text === undefined) {
    const columns = [...table.key, ...table.columns];
    const row = `(${columns.map(() => "?").join(",")})`;
    text = `INSERT INTO ${quoteIdentifier(table.table)} (${columns.map(quoteIdentifier).join(",")}) VALUES ` +
      `${Array(size).fill(row).join(",")} ${dialect.onConflict(table)}`;
    texts.set(name, text);
  }
  return text;
}
