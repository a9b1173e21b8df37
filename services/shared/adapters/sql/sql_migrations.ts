import { DomainError } from "../../domain/errors.ts";
import type { SqlConnection, SqlDialect } from "./sql_connection.ts";

/** The steps of one component's tables: entry k takes them from version k to k + 1. Append, never change. */
export interface Migrations {
  /** Whose tables: `results`, `slas`. */
  readonly component: string;
  /**
   * Statements of each step. MySQL commits after every CREATE or ALTER, so each statement must be harmless when run
   * again (`IF NOT EXISTS`).
   */
  readonly steps: readonly ((dialect: SqlDialect) => readonly string[])[];
}

/**
 * Brings a component's tables to the newest version, under one lock: any number of processes may start at once.
 *
 * @returns The version, which is the number of steps.
 * @throws {DomainError} `conflict` if the tables are newer than this program knows.
 */
export async function migrate(connection: SqlConnection, migrations: Migrations): Promise<number> {
  const { component, steps } = migrations;
  return await connection.locked("pronoia.migrations", async (executor) => {
    await executor.execute(
      "CREATE TABLE IF NOT EXISTS `migrations` (`component` VARCHAR(64) NOT NULL, `version` INTEGER NOT NULL, " +
        `PRIMARY KEY (\`component\`))${executor.dialect.tableEnd}`,
    );
    const stored = await executor.query<{ version: number }>(
      "SELECT `version` FROM `migrations` WHERE `component` = ?",
      [component],
    );
    let version = stored[0]?.version ?? 0;
    if (version > steps.length) {
      throw new DomainError(
        "conflict",
        `Cannot use the tables of ${component} as this program knows version ${steps.length} and older: ` +
          `found version ${version}`,
      );
    }
    if (stored.length === 0) {
      await executor.execute("INSERT INTO `migrations` (`component`, `version`) VALUES (?, 0)", [component]);
    }
    for (; version < steps.length; version++) {
      for (const statement of steps[version](executor.dialect)) await executor.execute(statement);
      await executor.execute("UPDATE `migrations` SET `version` = ? WHERE `component` = ?", [
        version + 1,
        component,
      ]);
    }
    return version;
  });
}

/**
 * Migrates on first use and remembers it; a failed attempt is tried again by the next call, so that a database may
 * come up after its users.
 */
export function createMigrator(connection: SqlConnection, migrations: Migrations): () => Promise<void> {
  let done: Promise<number> | undefined;
  return async () => {
    done ??= migrate(connection, migrations).catch((error) => {
      done = undefined;
      throw error;
    });
    await done;
  };
}
