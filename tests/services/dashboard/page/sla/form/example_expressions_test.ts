import { deepStrictEqual } from "node:assert/strict";
import { exampleExpressions } from "../../../../../../services/dashboard/page/sla/form/example_expressions.ts";

const gauge = (name: string, labels = {}) => ({ name, type: "gauge", labels });
const counter = (name: string, labels = {}) => ({ name, type: "counter", labels });
const ODD = [gauge("node_scrape_collector_success"), counter("node_network_receive_multicast_total")];

Deno.test("exampleExpressions() are of well-known metrics that are there, the most useful first", () => {
  const node = [...ODD, gauge("node_filesystem_avail_bytes"), gauge("node_load1"), gauge("up")];
  deepStrictEqual(exampleExpressions(node), ["up", "node_load1"]);
  deepStrictEqual(exampleExpressions([...ODD, counter("prometheus_http_requests_total")]), [
    "rate(prometheus_http_requests_total[5m])",
  ]);
  const app = [
    counter("prometheus_http_requests_total"),
    gauge("node_load1"),
    counter("http_requests_total"),
  ];
  deepStrictEqual(exampleExpressions(app), ["node_load1", "rate(http_requests_total[5m])"]);
});

Deno.test("exampleExpressions() ask for the latency that most notice", () => {
  const name = "http_request_duration_seconds";
  deepStrictEqual(
    exampleExpressions([gauge(name, { quantile: "0.5" }), gauge(name, { quantile: "0.99" })]),
    [`${name}{quantile="0.99"}`],
  );
  deepStrictEqual(exampleExpressions([counter(`${name}_bucket`, { le: "1" })]), [
    `histogram_quantile(0.99, sum by (le) (rate(${name}_bucket[5m])))`,
  ]);
});

Deno.test("exampleExpressions() are of what is there where none of it is known", () => {
  deepStrictEqual(exampleExpressions(ODD), [
    "node_scrape_collector_success",
    "rate(node_network_receive_multicast_total[5m])",
  ]);
  deepStrictEqual(exampleExpressions([]), []);
});
