import { openMysqlConnection } from "../../../../../services/shared/adapters/mysql/mysql_connection.ts";
import { openSqlSlaStore } from "../../../../../services/shared/adapters/slas/sql_sla_store.ts";
import { openSqliteConnection } from "../../../../../services/shared/adapters/sqlite/sqlite_connection.ts";
import { testSlaStore } from "../../../../contracts/sla_store.ts";
import { requireUrl, serverTest } from "../../../../servers/server_tests.ts";
import { dropDatabasesMade, urlOf } from "../../../../support/sql_databases.ts";

const folder = Deno.makeTempDirSync();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

testSlaStore("SQLite", {
  open: (name) => openSqlSlaStore(openSqliteConnection({ path: `${folder}/${name}.sqlite` })),
  test: (name, body) => Deno.test(name, body),
});

for (const server of ["mariadb", "mysql"] as const) {
  testSlaStore(server, {
    open: (name) => openSqlSlaStore(openMysqlConnection({ url: urlOf(requireUrl(server), name) })),
    test: (name, body) => serverTest({ uses: [server] }, name, body),
  });
  serverTest(
    { uses: [server] },
    `${server}: the SLA suite's databases are dropped`,
    () => dropDatabasesMade(requireUrl(server)),
  );
}
