import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import {
  createMigrator,
  migrate,
  type Migrations,
} from "../../../../../services/shared/adapters/sql/sql_migrations.ts";
import { upsertRows } from "../../../../../services/shared/adapters/sql/sql_upsert.ts";
import { openSqliteConnection } from "../../../../../services/shared/adapters/sqlite/sqlite_connection.ts";

Deno.test("openSqliteConnection() shows readers only what is committed", async () => {
  const folder = await Deno.makeTempDir();
  {
    await using connection = openSqliteConnection({ path: `${folder}/a/b.sqlite` });
    await connection.execute("CREATE TABLE t (v DOUBLE)");
    await connection.transaction(async (transaction) => {
      await transaction.execute("INSERT INTO t VALUES (?)", [1]);
      deepStrictEqual((await connection.query("SELECT v FROM t")).length, 0);
      deepStrictEqual((await transaction.query("SELECT v FROM t")).length, 1);
    });
    deepStrictEqual((await connection.query("SELECT v FROM t")).length, 1);
    await rejects(
      connection.transaction(async (transaction) => {
        await transaction.execute("DELETE FROM t");
        throw new RangeError("no");
      }),
      RangeError,
    );
    deepStrictEqual((await connection.query("SELECT v FROM t")).length, 1);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("openSqliteConnection() waits for the transaction of another connection", async () => {
  const folder = await Deno.makeTempDir();
  {
    await using one = openSqliteConnection({ path: `${folder}/b.sqlite` });
    await using other = openSqliteConnection({ path: `${folder}/b.sqlite` });
    await one.execute("CREATE TABLE t (v DOUBLE)");
    let second: Promise<number> | undefined;
    await one.transaction(async (transaction) => {
      await transaction.execute("INSERT INTO t VALUES (1)");
      second = other.execute("INSERT INTO t VALUES (2)");
      await other.query("SELECT 1");
      await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
    });
    strictEqual(await second, 1);
    strictEqual((await one.query("SELECT v FROM t")).length, 2);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("openSqliteConnection() read only is unavailable until the file is there", async () => {
  const folder = await Deno.makeTempDir();
  {
    await using reader = openSqliteConnection({ path: `${folder}/c.sqlite`, readOnly: true });
    await rejects(reader.query("SELECT 1"), { name: "DomainError", code: "unavailable" });
    await using writer = openSqliteConnection({ path: `${folder}/c.sqlite` });
    await writer.execute("CREATE TABLE t (v DOUBLE)");
    await reader.ping();
    await rejects(reader.query("SELECT * FROM other"), { name: "DomainError", code: "unavailable" });
    await rejects(reader.execute("DELETE FROM t"), { name: "DomainError", code: "unavailable" });
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("openSqliteConnection() refuses what SQLite would change silently", async () => {
  await using connection = openSqliteConnection({ path: ":memory:" });
  await connection.execute("CREATE TABLE `t` (`v` TEXT)");
  await rejects(connection.execute("INSERT INTO `t` VALUES (?)", ["a\0b"]), {
    name: "DomainError",
    code: "invalid",
  });
  deepStrictEqual(await connection.query("SELECT * FROM `t` WHERE `v` = ?", ["a\0b"]), []);
  await rejects(connection.query("SELECT ?", [NaN]), { name: "DomainError", code: "invalid" });
});

const MIGRATIONS: Migrations = {
  component: "test",
  steps: [() => ["CREATE TABLE IF NOT EXISTS `t` (`id` TEXT PRIMARY KEY, `at` BIGINT, `v` DOUBLE)"]],
};

Deno.test("migrate() is safe to run twice at once and refuses newer tables", async () => {
  const folder = await Deno.makeTempDir();
  {
    await using one = openSqliteConnection({ path: `${folder}/d.sqlite` });
    await using other = openSqliteConnection({ path: `${folder}/d.sqlite` });
    deepStrictEqual(await Promise.all([migrate(one, MIGRATIONS), migrate(other, MIGRATIONS)]), [1, 1]);
    await rejects(createMigrator(one, { component: "test", steps: [] })(), {
      name: "DomainError",
      code: "conflict",
    });
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("upsertRows() keeps the newer row whatever the order", async () => {
  await using connection = openSqliteConnection({ path: ":memory:" });
  await migrate(connection, MIGRATIONS);
  const table = { table: "t", key: ["id"], columns: ["at", "v"], guard: ["at", "v"] };
  await upsertRows(connection, table, [["a", 2, 20], ["b", 1, 10]]);
  await upsertRows(connection, table, [["a", 1, 99], ["b", 2, 5]]);
  deepStrictEqual(
    (await connection.query("SELECT * FROM t ORDER BY id")).map((row) => ({ ...row })),
    [{ id: "a", at: 2, v: 20 }, { id: "b", at: 2, v: 5 }],
  );
});
