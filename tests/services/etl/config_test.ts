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
