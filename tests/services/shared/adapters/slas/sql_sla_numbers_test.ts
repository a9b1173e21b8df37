import { deepStrictEqual } from "node:assert/strict";
import { openMysqlConnection } from "../../../../../services/shared/adapters/mysql/mysql_connection.ts";
import { takeNumbers } from "../../../../../services/shared/adapters/slas/sql_sla_events.ts";
import { requireUrl, serverTest } from "../../../../servers/server_tests.ts";

for (const server of ["mariadb", "mysql"] as const) {
  serverTest(
    { uses: [server] },
    `${server}: takeNumbers() gives each number once, the first ones too`,
    async () => {
      const name = `numbers_${crypto.randomUUID().replaceAll("-", "")}`;
      await using database = openMysqlConnection({ url: `${requireUrl(server)}${name}` });
      await database.execute(
        "CREATE TABLE `sla_counters` (`name` VARCHAR(40) NOT NULL PRIMARY KEY, `value` BIGINT NOT NULL)",
      );
      for (let round = 0; round < 5; round++) {
        const taken = await Promise.all(
          [1, 2, 3, 4].map(() => database.transaction((it) => takeNumbers(it, `${round}`, 2))),
        );
        deepStrictEqual(taken.toSorted(), [1, 3, 5, 7]);
      }
      await database.execute(`DROP DATABASE \`${name}\``);
    },
  );
}
