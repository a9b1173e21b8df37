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
  for (const size of executor.dialect.insertSizes) {
    while (rows.length - done >= size) {
      const parameters = size === 1 ? rows[done] : rows.slice(done, done + size).flat();
      await executor.execute(statementFor(executor, table, size), parameters);
      done += size;
    }
  }
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
