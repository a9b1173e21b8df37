import { openSource } from "../shared/adapters/open_source.ts";
import { runService } from "../shared/runtime/run.ts";
import { SlaManagerConfig } from "./config.ts";
import { openSlaManagerParts } from "./wiring.ts";
import { startSlaManager } from "./start.ts";

if (import.meta.main) {
  await runService({
    service: "sla_manager",
    schema: SlaManagerConfig,
    start: async (config, context) => {
      const source = context.use(await openSource(config, context));
      const parts = await openSlaManagerParts(config, { mysqlUrl: config.MYSQL_URL }, context);
      return startSlaManager({ ...context, ...parts, source, tokens: config.API_TOKENS, corsOrigins: config.CORS_ORIGINS });
    },
  });
}
