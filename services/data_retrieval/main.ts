import { openSource } from "../shared/adapters/open_source.ts";
import { openResultReader, toStoreConfig } from "../shared/adapters/open_store.ts";
import { runService } from "../shared/runtime/run.ts";
import { RetrievalConfig } from "./config.ts";
import { startRetrieval } from "./start.ts";
import { openComputeForecast } from "./wiring.ts";

if (import.meta.main) {
  await runService({
    service: "data_retrieval",
    schema: RetrievalConfig,
    async start(config, { clock, metrics, signal, use }) {
      const reader = use(await openResultReader(toStoreConfig(config)));
      // The path and not what was in the file at the start: such tokens rotate.
      const bearerTokenFile = Deno.env.get("PROMETHEUS_BEARER_TOKEN_FILE") || undefined;
      const source = use(await openSource(config, { clock, bearerTokenFile }));
      const compute = use(openComputeForecast()).run;
      return startRetrieval({ config, reader, source, compute, clock, metrics, signal });
    },
  });
}
