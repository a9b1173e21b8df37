/** The backups that docs/operations.md tells of, taken while the service works and put back. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { openMysqlConnection } from "../../services/shared/adapters/mysql/mysql_connection.ts";
import { openSqlSlaStore } from "../../services/shared/adapters/slas/sql_sla_store.ts";
import { openSqliteConnection } from "../../services/shared/adapters/sqlite/sqlite_connection.ts";
import type { SlaStore } from "../../services/shared/ports/sla_store.ts";
import { findProgram } from "../servers/_install.ts";
import { run } from "../servers/_process.ts";
import { openMariadb } from "../servers/mariadb.ts";
import { serverTest } from "../servers/server_tests.ts";
import { openSlaManager, START_MS } from "../support/sla_manager.ts";
import { runSql } from "../support/sql_databases.ts";

const ROOT = new URL("../../", import.meta.url);
const OPERATIONS = Deno.readTextFileSync(new URL("docs/operations.md", ROOT));
const MINUTE = 60_000;

/** Runs commands of the documentation, in a folder and with programs of the name before them. */
async function runDocumented(
  commands: readonly string[],
  options: { readonly cwd: string; readonly env?: Record<string, string> },
): Promise<void> {
  for (const command of commands) {
    ok(OPERATIONS.includes(`\n${command}\n`), `docs/operations.md: ${command}`);
    await run("sh", ["-c", command], options);
  }
}

/** Works for ten minutes, one of them out of bounds, then has a backup taken, goes on, and loses its SLA. */
async function workAndLose(open: () => SlaStore, backUp: () => Promise<void>): Promise<unknown> {
  const manager = openSlaManager({ store: open() });
  manager.source.series.set("m", [{ labels: { job: "a" }, valueAt: valueOf }]);
  const { body: { id } } = await manager.json("POST", "/slas", {
    name: "é \"quoted\" 'name' \\",
    expression: "m",
    max: 1,
    target: 0.9,
    budgetWindow: "1h",
  });
  await manager.run(10 * MINUTE);
  while (await manager.evaluator.backfill(id));
  await backUp();
  const known = await tell(manager);
  await manager.run(MINUTE);
  await manager.json("DELETE", `/slas/${id}`);
  await manager[Symbol.asyncDispose]();
  return known;
}

/** What is told of what is stored. */
async function readBack(store: SlaStore): Promise<unknown> {
  await using manager = openSlaManager({ store });
  await manager.clock.advance(10 * MINUTE);
  manager.source.series.set("m", [{ labels: { job: "a" }, valueAt: valueOf }]);
  await manager.evaluator.slas.refresh();
  return await tell(manager);
}

/** A folder in which MariaDB's programs bear the names of MySQL's, which not every package of it brings. */
async function nameAsMysql(folder: string): Promise<string> {
  const programs = `${folder}/programs`;
  await Deno.mkdir(programs);
  for (const [name, own] of [["mysqldump", "mariadb-dump"], ["mysql", "mariadb"]]) {
    const found = await findProgram(own) ?? await findProgram(name);
    if (found !== undefined) await Deno.symlink(found, `${programs}/${name}`);
  }
  return programs;
}

const valueOf = (timeMs: number): number => timeMs === START_MS + 5 * MINUTE ? 2 : 0;

async function tell(manager: ReturnType<typeof openSlaManager>): Promise<unknown> {
  const [slas, budgets, events] = await Promise.all(
    ["/slas", "/slas/budgets", "/slas/events"].map(async (path) =>
      (await manager.json("GET", path)).body.items
    ),
  );
  ok(slas.length === 1 && budgets[0].badMs > 0 && events.length >= 2);
  return { slas, budgets, events };
}

serverTest(
  { starts: ["mariadb"] },
  "docs/operations.md: SLAs that were dumped from MariaDB are there again with budgets and events",
  async () => {
    await using server = await openMariadb();
    const folder = await Deno.makeTempDir({ prefix: "pronoia-restore-" });
    try {
      await runSql(server.url, ["CREATE DATABASE pronoia_sla CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"]);
      const { port } = new URL(server.url);
      await Deno.writeTextFile(
        `${folder}/.my.cnf`,
        `[client]\nhost=127.0.0.1\nport=${port}\nuser=root\nprotocol=tcp\n`,
      );
      const options = {
        cwd: folder,
        env: { HOME: folder, PATH: `${await nameAsMysql(folder)}:/usr/bin:/bin` },
      };
      const open = () =>
        openSqlSlaStore(openMysqlConnection({ url: new URL("/pronoia_sla", server.url).href }));
      const known = await workAndLose(
        open,
        () => runDocumented(["mysqldump --single-transaction pronoia_sla > sla.sql"], options),
      );
      await runDocumented(["mysql pronoia_sla < sla.sql"], options);
      deepStrictEqual(await readBack(open()), known);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

serverTest(
  { starts: ["sqlite3"] },
  "docs/operations.md: a copy of the SQLite file is what there was, taken while it is written to",
  async () => {
    const folder = await Deno.makeTempDir({ prefix: "pronoia-restore-" });
    try {
      await Deno.mkdir(`${folder}/data`);
      const open = () => openSqlSlaStore(openSqliteConnection({ path: `${folder}/data/pronoia.sqlite` }));
      const backUp = () =>
        runDocumented([`sqlite3 data/pronoia.sqlite ".backup copy.sqlite"`], { cwd: folder });
      const known = await workAndLose(open, backUp);
      await runDocumented(
        [
          "rm -f data/pronoia.sqlite-wal data/pronoia.sqlite-shm",
          "cp copy.sqlite data/pronoia.sqlite",
        ],
        { cwd: folder },
      );
      deepStrictEqual(await readBack(open()), known);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
