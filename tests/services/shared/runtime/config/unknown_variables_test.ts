import { deepStrictEqual } from "node:assert/strict";
import { RetrievalConfig } from "../../../../../services/data_retrieval/config.ts";
import { EtlConfig } from "../../../../../services/etl/config.ts";
import { findUnknownVariables } from "../../../../../services/shared/runtime/config/unknown_variables.ts";
import { StandaloneConfig } from "../../../../../services/standalone/config.ts";

const ENV = {
  ETL_INTERVALL: "10s",
  ETL_HORIZON: "1h",
  ETL_COLOUR: "red",
  SLA_HORIZN: "1h",
  STORAGE_RETENTION_FORECAST: "1h",
  // Not ours, or Kubernetes' own.
  KAFKA_HEAP_OPTS: "-Xmx1g",
  PROMETHEUS_PORT_9090_TCP: "tcp://10.0.0.1:9090",
  ETL_SERVICE_HOST: "10.0.0.2",
  ETL_SERVICE_PORT_HTTP: "8081",
  ETL_PORT: "tcp://10.0.0.2:8081",
  ETL_PORT_8081_TCP_ADDR: "10.0.0.2",
  PATH: "/bin",
};

Deno.test("findUnknownVariables() tells misspelt ones, and what was meant", () => {
  deepStrictEqual(findUnknownVariables(StandaloneConfig, ENV), [
    { variable: "ETL_COLOUR", meant: undefined },
    { variable: "ETL_INTERVALL", meant: "ETL_INTERVAL" },
    { variable: "SLA_HORIZN", meant: "SLA_HORIZON" },
    { variable: "STORAGE_RETENTION_FORECAST", meant: "STORAGE_RETENTION_FORECASTS" },
  ]);
});

Deno.test("findUnknownVariables() says nothing of another process's variables", () => {
  deepStrictEqual(findUnknownVariables(EtlConfig, ENV).map(({ variable }) => variable), [
    "ETL_COLOUR",
    "ETL_INTERVALL",
  ]);
  deepStrictEqual(findUnknownVariables(RetrievalConfig, ENV), []);
});
