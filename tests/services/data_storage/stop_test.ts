import { match, ok, strictEqual } from "node:assert/strict";
import { openBus } from "../../../services/shared/adapters/open_bus.ts";
import { RESULTS_TOPIC } from "../../../services/shared/domain/topics.ts";
import { requireUrl, serverTest } from "../../servers/server_tests.ts";
import { outgoing } from "../../support/poison.ts";
import { requireOrderlyEnd, startProcess } from "../../support/process.ts";
import { seriesOf, statisticsMessage } from "../../support/result_messages.ts";
import { taskArguments } from "../../support/task_arguments.ts";
import { dropDatabasesMade, urlOf } from "../../support/sql_databases.ts";

Deno.test("data_storage names every variable that is missing or wrong, and starts nothing", async () => {
  await using process = startProcess(taskArguments("data_storage"), {
    STORAGE_RETENTION_FORECASTS: "soon",
    KAFKA_PARTITIONS: "0",
  });
  strictEqual(await process.exit(), 2);
  for (const name of ["KAFKA_BROKERS", "MYSQL_URL", "STORAGE_RETENTION_FORECASTS", "KAFKA_PARTITIONS"]) {
    ok(process.errors().includes(`${name}: `), name);
  }
  ok(!/ at .*:\d+:\d+/.test(process.errors()), "no stack trace");
});

serverTest(
  { uses: ["kafka", "mariadb"] },
  "data_storage ends with 0 in time amid its work",
  async () => {
    const root = requireUrl("mariadb");
    const env = {
      KAFKA_BROKERS: requireUrl("kafka"),
      MYSQL_URL: urlOf(root, `stop_${crypto.randomUUID().slice(0, 8)}`),
      STORAGE_GROUP: crypto.randomUUID(),
      PORT: "0",
    };
    await using process = startProcess(taskArguments("data_storage"), env);
    await process.line(/listening on/);
    await using bus = await openBus({ brokers: [env.KAFKA_BROKERS] });
    for (let k = 0; k < 20; k++) {
      await bus.publish(
        RESULTS_TOPIC,
        Array.from(
          { length: 200 },
          (_, i) => outgoing(statisticsMessage({ series: seriesOf("stop", { n: `${k} ${i}` }) })),
        ),
      );
    }
    await requireOrderlyEnd(process, "data_storage");
    match(process.output(), /"msg":"stopped"/);
    await dropDatabasesMade(root);
  },
);
