import { DEMO_STEP_MS } from "../../../../../services/shared/adapters/demo/demo_source.ts";
import { openPrometheusSource } from "../../../../../services/shared/adapters/prometheus/prometheus_source.ts";
import { systemClock } from "../../../../../services/shared/runtime/clock.ts";
import { contractHistory, metricsSourceContract } from "../../../../contracts/metrics_source.ts";
import { openPrometheus } from "../../../../servers/prometheus.ts";
import { serverTest } from "../../../../servers/server_tests.ts";

for (const [version, name] of [[2, "prometheus"], [3, "prometheus3"]] as const) {
  serverTest(
    { starts: [name] },
    `openPrometheusSource() keeps the contract of MetricsSource on Prometheus ${version}`,
    async (t) => {
      const toMs = Math.floor(Date.now() / DEMO_STEP_MS) * DEMO_STEP_MS;
      await using server = await openPrometheus({ version, history: contractHistory(toMs) });
      await using source = openPrometheusSource({ url: server.url, clock: systemClock });
      await metricsSourceContract(t, { source, toMs, hasExtra: true });
    },
  );
}
