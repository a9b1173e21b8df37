import { deepStrictEqual, throws } from "node:assert/strict";
import { type ConfigError, readConfig } from "../../../services/shared/runtime/config/config.ts";
import { SlaManagerConfig } from "../../../services/sla_manager/config.ts";

Deno.test("SlaManagerConfig names every wrong variable at once", () => {
  const env = {
    PROMETHEUS_URL: "prometheus",
    SLA_INTERVAL: "soon",
    SLA_RISK_THRESHOLD: "2",
    SLA_SERIES_MAX: "-1",
    SLA_FILE: "/nowhere.json",
    ALERTMANAGER_URL: "alertmanager:9093",
  };
  throws(() => readConfig(SlaManagerConfig, env), (error: ConfigError) => {
    const variables = error.problems.map(({ variable }) => variable).sort();
    deepStrictEqual(variables, [...Object.keys(env), "MYSQL_URL"].sort());
    return true;
  });
});
