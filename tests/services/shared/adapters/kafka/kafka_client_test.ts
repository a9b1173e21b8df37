import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { configureSync, type LogRecord, resetSync } from "@logtape/logtape";
import { createKafkaClient } from "../../../../../services/shared/adapters/kafka/kafka_client.ts";
import { freePort } from "../../../../servers/_process.ts";

Deno.test("createKafkaClient() leaves it to its user to tell of a broker that is away", async () => {
  const records: LogRecord[] = [];
  configureSync({
    sinks: { all: (record) => void records.push(record) },
    loggers: [
      { category: "pronoia", lowestLevel: "debug", sinks: ["all"] },
      { category: ["logtape", "meta"], lowestLevel: "fatal" },
    ],
  });
  try {
    const admin = createKafkaClient([`127.0.0.1:${freePort()}`]).admin({ retry: { retries: 0 } });
    await rejects(admin.connect(), /ECONNREFUSED/);
  } finally {
    resetSync();
  }
  ok(records.length > 0);
  deepStrictEqual(records.filter(({ level }) => level !== "debug"), []);
});
