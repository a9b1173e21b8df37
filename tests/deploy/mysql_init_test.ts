import { rejects, strictEqual } from "node:assert/strict";
import {
  openResultReader,
  openResultWriter,
  openSqlConnection,
} from "../../services/shared/adapters/open_store.ts";
import { openSqlSlaStore } from "../../services/shared/adapters/slas/sql_sla_store.ts";
import { openMariadb } from "../servers/mariadb.ts";
import { openMysql } from "../servers/mysql.ts";
import { serverTest } from "../servers/server_tests.ts";
import { statisticsMessage } from "../support/result_messages.ts";
import { runSql } from "../support/sql_databases.ts";

const SCRIPT = new URL("../../deploy/mysql/init.sh", import.meta.url);

/** The statements the script would run, with passwords that need care. */
async function readStatements(): Promise<string[]> {
  const folder = await Deno.makeTempDir({ prefix: "pronoia-init-" });
  try {
    for (const user of ["storage", "sla", "reader"]) {
      await Deno.writeTextFile(`${folder}/${user}_password`, passwordOf(user));
    }
    const script = (await Deno.readTextFile(SCRIPT)).replaceAll("/run/secrets", folder);
    // Stands for the function that the image's entrypoint offers.
    const { stdout, success } = await new Deno.Command("bash", {
      args: ["-ec", `docker_process_sql() { cat; }\n${script}`],
    }).output();
    strictEqual(success, true);
    return new TextDecoder().decode(stdout).split(";\n").filter((statement) => statement.trim() !== "");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function passwordOf(user: string): string {
  return `it's ${user}\\'s`;
}

for (const [server, open] of [["mariadb", openMariadb], ["mysql", openMysql]] as const) {
  serverTest(
    { starts: [server] },
    `init.sh gives each user of ${server} what it needs and no more`,
    async () => {
      await using database = await open();
      await runSql(database.url, await readStatements());
      const urlOf = (user: string, name: string) => {
        const url = new URL(`/${name}`, database.url);
        url.username = user;
        url.password = encodeURIComponent(passwordOf(user));
        return url.href;
      };
      const refused = { name: "DomainError", code: "unavailable" };
      const message = statisticsMessage();

      await using writer = await openResultWriter({ mysqlUrl: urlOf("storage", "pronoia") });
      await writer.write([message]);
      await writer.prune({ forecastsMs: 1, statisticsMs: 1 }, 0);
      await using reader = await openResultReader({ mysqlUrl: urlOf("reader", "pronoia") });
      strictEqual((await reader.readSeries(message.series.id))?.name, message.series.name);
      await using slas = openSqlSlaStore(await openSqlConnection({ mysqlUrl: urlOf("sla", "pronoia_sla") }));
      await slas.ping();

      for (const [user, name] of [["reader", "pronoia"], ["sla", "pronoia"], ["storage", "pronoia_sla"]]) {
        await using foreign = await openResultWriter({ mysqlUrl: urlOf(user, name) });
        await rejects(foreign.write([statisticsMessage({ producedAtMs: 9e12 })]), refused, user);
      }
    },
  );
}
