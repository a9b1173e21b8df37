import { deepStrictEqual } from "node:assert/strict";
import { EtlConfig } from "../../../services/etl/config.ts";

for (
  const [variable, value] of [
    ["ETL_INTERVAL", "soon"],
    ["ETL_INTERVAL", "0s"],
    ["ETL_SERIES_MAX", "-1"],
    ["ETL_SELECTORS", " \n "],
    ["ETL_SEED", "x"],
    ["ETL_WINDOWS", "1h,never"],
    ["ETL_WINDOWS", "1h,60d"],
    ["ETL_HORIZON", "100d"],
    ["ETL_STEP", "2h"],
    ["ETL_OFFSET", "2h"],
    ["ETL_LOOKBACK", "1y"],
    ["ETL_METADATA_INTERVAL", "30d"],
  ] as const
) {
  Deno.test(`EtlConfig rejects ${variable}=${JSON.stringify(value)}`, () => {
    const parsed = EtlConfig.safeParse({
      PROMETHEUS_URL: "http://x",
      KAFKA_BROKERS: "x:1",
      [variable]: value,
    });
    deepStrictEqual(parsed.error?.issues.map(({ path }) => path[0]), [variable]);
  });
}
