import { ok, strictEqual } from "node:assert/strict";
import { openBus } from "../../../services/shared/adapters/open_bus.ts";
import { RESULTS_TOPIC } from "../../../services/shared/domain/topics.ts";
import { makeCertificates } from "../../servers/certificates.ts";
import { openKafka } from "../../servers/kafka.ts";
import { openMariadb } from "../../servers/mariadb.ts";
import { serverTest } from "../../servers/server_tests.ts";
import { outgoing } from "../../support/poison.ts";
import { startProcess } from "../../support/process.ts";
import { statisticsMessage } from "../../support/result_messages.ts";
import { taskArguments } from "../../support/task_arguments.ts";
import { until } from "../../support/until.ts";

const PASSWORD = "open sesame";

serverTest(
  { starts: ["kafka", "mariadb"] },
  "data_storage, as its task runs it, works with brokers and a database that ask for TLS and a password",
  async () => {
    await using certificates = await makeCertificates();
    await using kafka = await openKafka({ protocol: "SASL_SSL", certificates });
    await using mariadb = await openMariadb({ certificates });
    const folder = certificates.caFile.replace(/\/[^/]*$/, "");
    await Deno.writeTextFile(`${folder}/password`, `${PASSWORD}\n`);
    await using process = startProcess(taskArguments("data_storage", folder), {
      PORT: "0",
      HOST: "127.0.0.1",
      LOG_FORMAT: "json",
      LOG_LEVEL: "debug",
      KAFKA_BROKERS: kafka.brokers,
      KAFKA_SSL: "true",
      KAFKA_CA_FILE: certificates.caFile,
      KAFKA_SASL_MECHANISM: "scram-sha-512",
      KAFKA_USERNAME: "storage",
      KAFKA_PASSWORD_FILE: `${folder}/password`,
      MYSQL_URL: `${mariadb.url.replace("127.0.0.1", "localhost")}secure`,
      MYSQL_CA_FILE: certificates.caFile,
    });
    const [, url] = await process.line(/listening on (http:[^"\s]+)/);
    const ready = async () => {
      const response = await fetch(`${url}/readyz`);
      return { status: response.status, body: await response.json() };
    };
    // Nobody told the broker of this user yet.
    let before = await ready();
    await until(async () => {
      before = await ready();
      const { store, bus } = before.body.dependencies;
      return store?.status === "ok" && /SASL SCRAM SHA512 authentication failed/.test(bus?.reason);
    }, () => `the database, and no broker, but ${JSON.stringify(before)}`);
    strictEqual(before.status, 503);
    await kafka.setPassword("SCRAM-SHA-512", "storage", PASSWORD);
    await until(async () => (await ready()).status === 200, "readiness");

    const sasl = { mechanism: "scram-sha-512", username: "storage", password: PASSWORD } as const;
    await using bus = await openBus({
      brokers: [kafka.brokers],
      security: { tls: true, caFile: certificates.caFile, sasl },
    });
    await bus.publish(RESULTS_TOPIC, [outgoing(statisticsMessage())]);
    await until(async () => (await (await fetch(`${url}/status`)).json()).rows.statistics === 1, "the row");
    process.kill("SIGTERM");
    strictEqual(await process.exit(), 0);
    for (const text of [process.output(), process.errors()]) {
      ok(!text.includes(PASSWORD), "the password shows");
    }
  },
);
