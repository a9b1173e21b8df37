import mysql from "mysql2/promise";

const made = new Map<string, Set<string>>();

/** A server's URL with a database of a test's own. */
export function urlOf(server: string, database: string): string {
  let names = made.get(server);
  if (names === undefined) made.set(server, names = new Set());
  names.add(database);
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** Drops the databases that {@linkcode urlOf} named. */
export async function dropDatabasesMade(server: string): Promise<void> {
  const names = [...made.get(server) ?? []];
  made.delete(server);
  await runSql(server, names.map((name) => `DROP DATABASE IF EXISTS \`${name}\``));
}

/** Runs statements by hand, as an administrator would. */
export async function runSql(server: string, statements: readonly string[]): Promise<void> {
  const connection = await mysql.createConnection({ uri: server });
  try {
    for (const statement of statements) await connection.query(statement);
  } finally {
    await connection.end();
  }
}
