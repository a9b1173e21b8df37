import { openMysqlConnection } from "../../../../services/shared/adapters/mysql_connection.ts";
import { createResultReader } from "../../../../services/shared/adapters/sql_result_reader.ts";
import { createResultWriter } from "../../../../services/shared/adapters/sql_result_writer.ts";
import { openSqliteConnection } from "../../../../services/shared/adapters/sqlite_connection.ts";
import { testResultStore } from "../../../contracts/result_store.ts";
import { requireUrl, serverTest } from "../../../servers/server_tests.ts";
import { dropDatabasesMade, urlOf } from "../../../support/sql_databases.ts";

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
