import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { startProcess } from "../../support/process.ts";
import { taskArguments } from "../../support/task_arguments.ts";
import { startStandalone, withFolder } from "./_process.ts";

Deno.test("start warns of a misspelt variable under the task's own permissions", () =>
  withFolder(async (folder) => {
    await using process = startStandalone(folder, { ETL_INTERVALL: "10s", FOREIGN: "x" });
    await process.line(/"level":"warning".*ETL_INTERVALL is not known: did you mean ETL_INTERVAL\?/);
    ok(!process.output().includes("FOREIGN"));
  }));

Deno.test("start names a misspelt variable along with what is wrong, as it may be the reason", () =>
  withFolder(async (folder) => {
    await using process = startStandalone(folder, { ETL_INTERVAL: "soon", SLA_HORIZN: "1h" });
    strictEqual(await process.exit(), 2);
    match(
      process.errors(),
      /^ {2}ETL_INTERVAL: .*\n {2}SLA_HORIZN is not known: did you mean SLA_HORIZON\?$/m,
    );
  }));

/** Every variable that is wrong or missing, per task. */
const WRONG: Readonly<Record<string, { readonly env: Record<string, string>; readonly named: string[] }>> = {
  start: {
    env: {
      PORT: "http",
      MYSQL_URL: "localhost",
      KAFKA_BROKERS: "kafka",
      PROMETHEUS_URL: "prometheus:9090",
      ETL_INTERVAL: "often",
    },
    named: ["ETL_INTERVAL", "KAFKA_BROKERS", "MYSQL_URL", "PORT", "PROMETHEUS_URL"],
  },
  etl: { env: { ETL_WINDOWS: "1h,soon" }, named: ["ETL_WINDOWS", "KAFKA_BROKERS", "PROMETHEUS_URL"] },
  data_storage: {
    env: { STORAGE_RETENTION_FORECASTS: "0s" },
    named: ["KAFKA_BROKERS", "MYSQL_URL", "STORAGE_RETENTION_FORECASTS"],
  },
  data_retrieval: { env: { API_TOKENS: "nameless" }, named: ["API_TOKENS", "MYSQL_URL", "PROMETHEUS_URL"] },
  sla_manager: {
    env: { SLA_RISK_THRESHOLD: "2" },
    named: ["MYSQL_URL", "PROMETHEUS_URL", "SLA_RISK_THRESHOLD"],
  },
};

for (const [task, { env, named }] of Object.entries(WRONG)) {
  Deno.test(`${task} names every wrong variable at once, without a stack trace, and ends with 2`, async () => {
    await using process = startProcess(taskArguments(task), env);
    strictEqual(await process.exit(), 2);
    const errors = process.errors();
    const found = [...errors.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => name);
    deepStrictEqual(found.sort(), named);
    ok(!/^\s+at /m.test(errors) && !errors.includes("Error:"), errors);
    strictEqual(process.output(), "");
  });
}
