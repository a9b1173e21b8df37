/**
 * data_storage over embedded parts in a process to be killed: publishes messages and poison without end and prints
 * what was acknowledged. Environment: `FOLDER`, and `FIRST`, the first number.
 */
import { DataStorageConfig } from "../../../services/data_storage/config.ts";
import { startDataStorage } from "../../../services/data_storage/start.ts";
import { openBus } from "../../../services/shared/adapters/open_bus.ts";
import { openResultWriter } from "../../../services/shared/adapters/open_store.ts";
import { RESULTS_TOPIC } from "../../../services/shared/domain/topics.ts";
import { systemClock } from "../../../services/shared/runtime/clock.ts";
import { createMetrics } from "../../../services/shared/runtime/metrics.ts";
import { outgoing } from "../../support/poison.ts";
import { seriesOf, statisticsMessage } from "../../support/result_messages.ts";

const folder = Deno.env.get("FOLDER")!;
const first = Deno.env.get("FIRST")!;
const config = DataStorageConfig.parse({ KAFKA_BROKERS: "none:1", MYSQL_URL: "mysql://none/none" });
const bus = await openBus({ path: `${folder}/bus.sqlite` });
const writer = await openResultWriter({ sqlitePath: `${folder}/store.sqlite` });
const signal = new AbortController().signal;
startDataStorage({ config, bus, writer, clock: systemClock, metrics: createMetrics(), signal });
for (let k = Number(first);; k += 10) {
  const numbers = Array.from({ length: 10 }, (_, i) => k + i);
  await bus.publish(RESULTS_TOPIC, [
    ...numbers.map((n) =>
      outgoing(statisticsMessage({ series: seriesOf("killed", { n: `${n}` }), mean: n }))
    ),
    { key: "poison", value: new TextEncoder().encode(`poison ${k}`) },
  ]);
  console.log(`acknowledged ${k} to ${k + 9}`);
}
