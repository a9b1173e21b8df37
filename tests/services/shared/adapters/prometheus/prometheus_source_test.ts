import { deepStrictEqual, strictEqual } from "node:assert/strict";
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

serverTest(
  { starts: ["prometheus"] },
  "openPrometheusSource() reads what is not there yet as often as Prometheus is configured to scrape",
  async () => {
    await using server = await openPrometheus({ scrapeInterval: "7s" });
    await using source = openPrometheusSource({ url: server.url, clock: systemClock });
    strictEqual((await source.inspect("none")).stepMs, 7_000);
  },
);

serverTest(
  { starts: ["prometheus"] },
  "openPrometheusSource() takes no counter for a gauge as its process was restarted often",
  async () => {
    const minutes = 120;
    const toMs = Math.floor(Date.now() / 60_000) * 60_000;
    const line = (series: string, valueAt: (minute: number) => number) =>
      Array.from(
        { length: minutes },
        (_, k) => `${series} ${valueAt(k)} ${toMs / 1_000 - 60 * (minutes - k)}\n`,
      );
    const history = [
      // Nothing declares the types: blocks that are loaded have no metadata.
      ...line('process_start_time_seconds{job="a",instance="1"}', (k) => Math.floor(k / 10)),
      ...line('scrapes_count{job="a",instance="1"}', (k) => k % 10),
      ...line('scrapes_count{job="a",instance="2"}', (k) => k % 60),
      ...line('queued_count{job="a",instance="1"}', (k) => k % 3),
      ...line('queued_count{job="b",instance="1"}', (k) => k % 3),
      "# EOF\n",
    ];
    await using server = await openPrometheus({ history });
    await using source = openPrometheusSource({ url: server.url, clock: systemClock });
    const selection = { selectors: ['{__name__=~".+_count"}'], fromMs: toMs - 60_000 * minutes, toMs };
    const { series } = await source.discover(selection);
    deepStrictEqual(
      series.map(({ labels: { __name__, job, instance }, type }) => `${__name__} ${job}${instance} ${type}`)
        .sort(),
      [
        "queued_count a1 gauge",
        "queued_count b1 gauge",
        "scrapes_count a1 counter",
        "scrapes_count a2 counter",
      ],
    );
  },
);
