import { startRetrieval } from "../data_retrieval/start.ts";
import { openComputeForecast } from "../data_retrieval/wiring.ts";
import { startDataStorage } from "../data_storage/start.ts";
import { startEtl } from "../etl/start.ts";
import { createSoleOwner } from "../shared/adapters/embedded/sole_owner.ts";
import { embeddedBusPath, openBus, toBusConfig } from "../shared/adapters/open_bus.ts";
import { openSource } from "../shared/adapters/open_source.ts";
import { openResultReader, openResultWriter, toStoreConfig } from "../shared/adapters/open_store.ts";
import type { ResultReader } from "../shared/ports/result_reader.ts";
import { logger } from "../shared/runtime/log.ts";
import type { ServiceContext, StartedService } from "../shared/runtime/run.ts";
import { startSlaManager } from "../sla_manager/start.ts";
import { openSlaManagerParts } from "../sla_manager/wiring.ts";
import type { StandaloneConfig } from "./config.ts";
import { describeSource, isDemo } from "./demo_notice.ts";
import { DEMO_SLAS } from "./demo_slas.ts";
import { mountServices } from "./mount_services.ts";
import { sqlitePathOf } from "./sqlite_path.ts";

/** Starts the four services in this process: one source with its cache, one bus, one store, one port. */
export async function startStandalone(
  config: StandaloneConfig,
  { clock, metrics, signal, use }: ServiceContext,
): Promise<StartedService> {
  const log = logger("standalone");
  log.info(describeSource(config));
  if (config.API_TOKENS.length === 0 && !isLoopback(config.HOST)) {
    log.warning("everybody who reaches {host} may make and delete SLAs: no API_TOKENS", {
      host: config.HOST,
    });
  }
  const sqlitePath = sqlitePathOf(config);
  const store = { ...toStoreConfig(config), sqlitePath };
  const busPath = embeddedBusPath(sqlitePath);
  // The path and not what was in the file at the start: such tokens rotate.
  const bearerTokenFile = Deno.env.get("PROMETHEUS_BEARER_TOKEN_FILE") || undefined;
  const source = use(await openSource(config, { clock, bearerTokenFile }));
  const bus = use(await openBus({ ...toBusConfig(config), path: busPath }));
  const shards = createSoleOwner();
  const writer = use(await openResultWriter(store));
  const reader = use(await openResultReader(store));
  const sla = await openSlaManagerParts(config, store, { use });
  const isSeeded = isDemo(config) && config.DEMO_SLAS && config.MYSQL_URL === undefined &&
    await isNew(reader);
  const drafts = [...config.SLA_FILE, ...(isSeeded ? DEMO_SLAS : [])];
  const compute = use(openComputeForecast());
  const shared = { config, clock, metrics, signal };
  const { API_TOKENS: tokens, CORS_ORIGINS: corsOrigins } = config;
  return await mountServices({
    "/etl": startEtl({ ...shared, source, bus, shards }),
    "/storage": startDataStorage({ ...shared, bus, writer }),
    "/retrieval": startRetrieval({ ...shared, reader, source, compute: compute.run }),
    "/sla": startSlaManager({ ...sla, drafts, source, shards, clock, metrics, signal, tokens, corsOrigins }),
  }, {
    metrics,
    signal,
    needsToken: tokens.length > 0,
    facts: {
      demo: isDemo(config),
      database: config.LINK_DATABASE,
      prometheus: config.LINK_PROMETHEUS,
      grafana: config.LINK_GRAFANA,
    },
  });
}

/** Whether nobody has seen anything yet: neither a series is stored, nor are there tables of them. */
async function isNew(reader: ResultReader): Promise<boolean> {
  try {
    return (await reader.listSeries({}, { limit: 1 })).items.length === 0;
  } catch {
    return true;
  }
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}
