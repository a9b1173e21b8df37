import { toBusConfig } from "../shared/adapters/open_bus.ts";
import { openShards } from "../shared/adapters/open_shards.ts";
import { openSource } from "../shared/adapters/open_source.ts";
import { toStoreConfig } from "../shared/adapters/open_store.ts";
import { runService } from "../shared/runtime/run.ts";
import { shardGroupOf, SlaManagerConfig } from "./config.ts";
import { startSlaManager } from "./start.ts";
import { openSlaManagerParts } from "./wiring.ts";

if (import.meta.main) {
  await runService({
    service: "sla_manager",
    schema: SlaManagerConfig,
    start: async (config, context) => {
      // The path and not what was in the file at the start: such tokens rotate.
      const bearerTokenFile = Deno.env.get("PROMETHEUS_BEARER_TOKEN_FILE") || undefined;
      const source = context.use(await openSource(config, { clock: context.clock, bearerTokenFile }));
      const parts = await openSlaManagerParts(config, toStoreConfig(config), context);
      const shards = context.use(await openShards({ ...toBusConfig(config), group: shardGroupOf(config) }));
      return startSlaManager({
        ...context,
        ...parts,
        source,
        shards,
        tokens: config.API_TOKENS,
        corsOrigins: config.CORS_ORIGINS,
      });
    },
  });
}
