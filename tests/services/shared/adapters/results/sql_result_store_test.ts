import { ok, strictEqual } from "node:assert/strict";
import { openMysqlConnection } from "../../../../../services/shared/adapters/mysql/mysql_connection.ts";
import { createResultReader } from "../../../../../services/shared/adapters/results/sql_result_reader.ts";
import { createResultWriter } from "../../../../../services/shared/adapters/results/sql_result_writer.ts";
import type { SqlValue } from "../../../../../services/shared/adapters/sql/sql_connection.ts";
import { openSqliteConnection } from "../../../../../services/shared/adapters/sqlite/sqlite_connection.ts";
import { testResultStore } from "../../../../contracts/result_store.ts";
import { requireUrl, serverTest } from "../../../../servers/server_tests.ts";
import { forecastMessage, seriesOf, statisticsMessage } from "../../../../support/result_messages.ts";
import { dropDatabasesMade, urlOf } from "../../../../support/sql_databases.ts";

const folder = Deno.makeTempDirSync();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

testResultStore("SQLite", {
  openWriter: (name) => createResultWriter(openSqliteConnection({ path: `${folder}/${name}.sqlite` })),
  openReader: (name) =>
    createResultReader(openSqliteConnection({ path: `${folder}/${name}.sqlite`, readOnly: true })),
  test: (name, body) => Deno.test(name, body),
});

for (const server of ["mariadb", "mysql"] as const) {
  testResultStore(server, {
    openWriter: (name) => createResultWriter(openMysqlConnection({ url: urlOf(requireUrl(server), name) })),
    openReader: (name) => createResultReader(openMysqlConnection({ url: urlOf(requireUrl(server), name) })),
    test: (name, body) => serverTest({ uses: [server] }, name, body),
  });
  serverTest(
    { uses: [server] },
    `${server}: the suite's databases are dropped`,
    () => dropDatabasesMade(requireUrl(server)),
  );
}

serverTest(
  { uses: ["mysql"] },
  "mysql: the newest results are found without sorting the history",
  async () => {
    const root = requireUrl("mysql");
    const url = urlOf(root, `plans_${crypto.randomUUID().slice(0, 8)}`);
    await using connection = openMysqlConnection({ url });
    const writer = createResultWriter(connection);
    for (let k = 1; k <= 40; k++) {
      const series = seriesOf(`m${k % 4}`);
      const atMs = k * 60_000;
      await writer.write([
        forecastMessage({ series, originMs: atMs, producedAtMs: atMs }),
        statisticsMessage({ series, toMs: atMs, producedAtMs: atMs }),
      ]);
    }
    // Statistics are gathered in the background: plans must not depend on how far that is.
    await connection.query("ANALYZE TABLE `series`, `forecasts`, `statistics`");
    const asked: [string, readonly SqlValue[]][] = [];
    const reader = createResultReader({
      dialect: connection.dialect,
      async query<Row extends object>(sql: string, parameters: readonly SqlValue[] = []) {
        asked.push([sql, parameters]);
        return await connection.query<Row>(sql, parameters);
      },
      execute: (sql, parameters) => connection.execute(sql, parameters),
      transaction: (work) => connection.transaction(work),
      locked: (name, work) => connection.locked(name, work),
      ping: () => connection.ping(),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
    await reader.listLatest("forecast", {}, { limit: 10 });
    await reader.listLatest("statistics", {}, { limit: 10 });
    await reader.readLatest("forecast", seriesOf("m1").id);
    const plans = await Promise.all(
      asked.filter(([sql]) => /DESC/.test(sql)).map(async ([sql, parameters]) => {
        const [plan] = await connection.query<{ EXPLAIN: string }>(`EXPLAIN FORMAT=TREE ${sql}`, parameters);
        return plan.EXPLAIN;
      }),
    );
    strictEqual(plans.length, 3);
    for (const plan of plans) ok(!/Sort: n\./.test(plan), plan);
    await dropDatabasesMade(root);
  },
);
