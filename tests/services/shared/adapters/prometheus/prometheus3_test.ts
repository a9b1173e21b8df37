import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { openPrometheusSource } from "../../../../../services/shared/adapters/prometheus/prometheus_source.ts";
import { exactSelector } from "../../../../../services/shared/domain/selector.ts";
import { systemClock } from "../../../../../services/shared/runtime/clock.ts";
import { openPrometheus } from "../../../../servers/prometheus.ts";
import { serverTest } from "../../../../servers/server_tests.ts";
import { until } from "../../../../support/until.ts";

const EXPOSITION = (k: number) =>
  `# TYPE "http.requests" counter
# UNIT "http.requests" requests
{"http.requests","http.status_code"="200","url path"="/ü \\"x\\" \\\\ \\n"} ${3 * k}
# TYPE "säure grad" gauge
{"säure grad","label with space"="🧀"} ${k % 7}
# TYPE latency_seconds histogram
latency_seconds_bucket{le="1"} ${k}
latency_seconds_bucket{le="+Inf"} ${2 * k}
latency_seconds_sum ${k}
latency_seconds_count ${2 * k}
`;

serverTest(
  { starts: ["prometheus3"] },
  "openPrometheusSource() reads names of any UTF-8, carried types and native histograms of Prometheus 3",
  async (t) => {
    let scrapes = 0;
    await using exporter = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () =>
        new Response(EXPOSITION(++scrapes), {
          headers: { "content-type": "text/plain; version=1.0.0; escaping=allow-utf-8" },
        }),
    );
    await using server = await openPrometheus({
      version: 3,
      scrapeInterval: "1s",
      targets: { known: [`127.0.0.1:${exporter.addr.port}`] },
      job: { convert_classic_histograms_to_nhcb: true },
      args: ["--enable-feature=native-histograms,type-and-unit-labels"],
    });
    await using source = openPrometheusSource({ url: server.url, clock: systemClock });
    await until(() => scrapes > 6, "some scrapes");
    const toMs = Math.floor(await source.nowMs() / 1_000) * 1_000;
    const range = { fromMs: toMs - 20_000, toMs };
    const { series } = await source.discover({
      selectors: ['{job="known",__name__!~"scrape_.*|up"}'],
      ...range,
    });
    const found = new Map(series.map((each) => [each.labels.__name__, each]));

    await t.step(
      "each series is found with its type and interval, and read by its own selector",
      async () => {
        deepStrictEqual([...found.keys()].sort(), ["http.requests", "latency_seconds", "säure grad"]);
        for (const [name, type] of [["http.requests", "counter"], ["säure grad", "gauge"]]) {
          const { labels, expression, stepMs, ...rest } = found.get(name)!;
          deepStrictEqual([rest.type, stepMs], [type, 1_000]);
          for (const selector of [expression, exactSelector(labels)]) {
            const reading = await source.read({ expression: selector, stepMs, ...range });
            deepStrictEqual(reading.series.map((each) => each.labels), [labels]);
            ok(reading.series[0].values.some((value) => value > 0));
          }
        }
        strictEqual(found.get("http.requests")!.labels["url path"], '/ü "x" \\ \n');
      },
    );

    await t.step("expressions may name them in either spelling", async () => {
      for (
        const expression of [
          '{"säure grad"}',
          '{"säure grad", "label with space"="🧀"}',
          "{__name__='säure grad'}",
          'sum by ("http.status_code") (rate({"http.requests"}[5s]))',
        ]
      ) {
        const { series, stepMs, warnings } = await source.inspect(expression);
        deepStrictEqual([series.length, stepMs, warnings], [1, 1_000, []], expression);
      }
      const [warning] = (await source.inspect('{"http.requests"}')).warnings;
      match(warning, /^"http.requests" is a counter.*rate\(\{__name__="http.requests"\}\[5m\]\)/);
    });

    await t.step("a native histogram is no number, its quantile is one", async () => {
      const { expression, stepMs } = found.get("latency_seconds")!;
      strictEqual(stepMs, 1_000);
      const reading = await source.read({ expression, stepMs, ...range });
      deepStrictEqual(reading.series, []);
      deepStrictEqual(reading.warnings, ["1 series of native histograms are left out"]);
      await rejects(source.inspect("latency_seconds"), { code: "invalid", message: /native histograms/ });
      const quantile = "histogram_quantile(0.4, rate(latency_seconds[4s]))";
      const inspected = await source.inspect(quantile);
      deepStrictEqual([inspected.series.length, inspected.stepMs], [1, 1_000]);
      const { series: [{ values }] } = await source.read({ expression: quantile, stepMs, ...range });
      ok(values.filter((value) => value > 0 && value <= 1).length >= 3, `${values}`);
    });
  },
);
