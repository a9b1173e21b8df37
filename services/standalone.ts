import { runService } from "./shared/runtime/run.ts";
import { claimData } from "./standalone/claim_data.ts";
import { StandaloneConfig } from "./standalone/config.ts";
import { DEMO_NOTICE, describeSource, isDemo } from "./standalone/demo_notice.ts";
import { startStandalone } from "./standalone/start.ts";

if (import.meta.main) {
  await runService({
    service: "standalone",
    schema: StandaloneConfig,
    claim: claimData,
    start: startStandalone,
    onStarted: (url, config) => {
      if (!Deno.stdout.isTerminal()) {
        // Standard output holds log lines alone then, but whoever started it is still to see where to look.
        console.error(`Pronoia is at ${url}`);
        return;
      }
      console.log(`\n  Pronoia is at ${url}\n`);
      console.log(`  API docs at ${url}/docs, health at ${url}/readyz; Ctrl+C ends it.`);
      console.log(
        isDemo(config)
          ? `  Shows ${DEMO_NOTICE}. PROMETHEUS_URL=… takes your own.\n`
          : `  Reads your Prometheus (${describeSource(config)}); results are there with the first cycle.\n`,
      );
    },
  });
}
