import { quoteIdentifier, type SqlDialect } from "../sql/sql_connection.ts";

/** What is SQLite's own in statements. */
export const SQLITE_DIALECT: SqlDialect = {
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
