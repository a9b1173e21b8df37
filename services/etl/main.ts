import { openBus, toBusConfig } from "../shared/adapters/open_bus.ts";
import { openShards } from "../shared/adapters/open_shards.ts";
import { openSource } from "../shared/adapters/open_source.ts";
import { runService } from "../shared/runtime/run.ts";
import { EtlConfig, shardGroupOf } from "./config.ts";
import { startEtl } from "./start.ts";

if (import.meta.main) {
  await runService({
    service: "etl",
    schema: EtlConfig,
    async start(config, { clock, metrics, signal, use }) {
      // The path and not what was in the file at the start: such tokens rotate.
      const bearerTokenFile = Deno.env.get("PROMETHEUS_BEARER_TOKEN_FILE") || undefined;
      const source = use(await openSource(config, { clock, bearerTokenFile }));
      const kafka = toBusConfig(config);
      const bus = use(await openBus(kafka));
      const shards = use(await openShards({ ...kafka, group: shardGroupOf(config) }));
      return startEtl({ config, source, bus, shards, clock, metrics, signal });
    },
  });
}
