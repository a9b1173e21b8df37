import { quoteIdentifier, type SqlDialect } from "../sql/sql_connection.ts";

const TABLE_END = " ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

/** What MySQL and MariaDB say differently. */
export const MYSQL_DIALECT: SqlDialect = {
  engine: "mysql",
  tableEnd: TABLE_END,
  smallRowsTableEnd: TABLE_END,
  insertSizes: [500, 360, 250, 180, 128, 90, 64, 45, 32, 22, 16, 11, 8, 5, 4, 3, 2, 1],
  onConflict({ key, columns, guard }) {
    const first = quoteIdentifier(key[0]);
    if (columns.length === 0) return `ON DUPLICATE KEY UPDATE ${first} = ${first}`;
    const given = (name: string) => `VALUES(${quoteIdentifier(name)})`;
    if (guard === undefined) {
      return `ON DUPLICATE KEY UPDATE ${
        columns.map((name) => `${quoteIdentifier(name)} = ${given(name)}`).join(",")
      }`;
    }
    const newer = `(${guard.map(given).join(",")}) > (${guard.map(quoteIdentifier).join(",")})`;
    // An assignment sees those before it: the guard's own columns come last, and last of them its most significant
    // one, so that the comparison stays what it was.
    const order = [...columns.filter((name) => !guard.includes(name)), ...guard.toReversed()];
    const assignments = order.map((name) => {
      const column = quoteIdentifier(name);
      return `${column} = IF(${newer}, VALUES(${column}), ${column})`;
    });
    return `ON DUPLICATE KEY UPDATE ${assignments.join(",")}`;
  },
};
