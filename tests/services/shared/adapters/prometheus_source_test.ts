import { DEMO_STEP_MS } from "../../../../services/shared/adapters/demo_source.ts";
import { openPrometheusSource } from "../../../../services/shared/adapters/prometheus_source.ts";
import { systemClock } from "../../../../services/shared/runtime/clock.ts";
import { contractHistory, metricsSourceContract } from "../../../contracts/metrics_source.ts";
import { openPrometheus } from "../../../servers/prometheus.ts";
import { serverTest } from "../../../servers/server_tests.ts";

serverTest(
  { starts: ["prometheus"] },
  "openPrometheusSource() keeps the contract of MetricsSource",
  async (t) => {
    const toMs = Math.floor(Date.now() / DEMO_STEP_MS) * DEMO_STEP_MS;
    await using server = await openPrometheus({ history: contractHistory(toMs) });
    await using source = openPrometheusSource({ url: server.url, clock: systemClock });
    await metricsSourceContract(t, { source, toMs, hasExtra: true });
  },
);
