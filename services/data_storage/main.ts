import { openBus, toBusConfig } from "../shared/adapters/open_bus.ts";
import { openResultWriter, toStoreConfig } from "../shared/adapters/open_store.ts";
import { runService } from "../shared/runtime/run.ts";
import { DataStorageConfig } from "./config.ts";
import { startDataStorage } from "./start.ts";

if (import.meta.main) {
  await runService({
    service: "data_storage",
    schema: DataStorageConfig,
    async start(config, { clock, metrics, signal, use }) {
      const writer = use(await openResultWriter(toStoreConfig(config)));
      const bus = use(await openBus(toBusConfig(config)));
      return startDataStorage({ config, bus, writer, clock, metrics, signal });
    },
  });
}
