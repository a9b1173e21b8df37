import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { unitOf, unitOfExpression } from "../../../../../services/shared/domain/units/unit.ts";

Deno.test("unitOf() reads the unit from the name where the source says none", () => {
  strictEqual(
    unitOf({ name: "node_network_receive_bytes_total", type: "counter", unit: null }).base,
    "bytes",
  );
  strictEqual(unitOf({ name: "errors_total", type: "counter", unit: "per second" }).base, null);
  strictEqual(unitOf({ name: "queue_depth", type: "gauge", unit: null }).base, null);
});

Deno.test("unitOf() takes what is busy for a share of the time, and names of points in time for those", () => {
  const unit = (name: string, type: string) => unitOf({ name, type, unit: null });
  deepStrictEqual(unit("process_cpu_seconds_total", "counter"), { base: "ratio" });
  deepStrictEqual(unit("node_disk_io_time_seconds_total", "counter"), { base: "ratio" });
  deepStrictEqual(unit("go_gc_duration_seconds_sum", "counter"), { base: "seconds", perSecond: true });
  deepStrictEqual(unit("process_start_time_seconds", "gauge"), { base: "epoch seconds" });
  deepStrictEqual(unit("backup_last_success_timestamp_seconds", "gauge"), { base: "epoch seconds" });
  deepStrictEqual(unit("last_run_time_ms", "unknown"), { base: "epoch milliseconds" });
  deepStrictEqual(unit("lifetime_seconds", "gauge"), { base: "seconds" });
});

const EXPRESSIONS: readonly (readonly [string, string | null, boolean])[] = [
  ["node_memory_MemAvailable_bytes", "bytes", false],
  ['http_request_duration_seconds{quantile="0.99"}', "seconds", false],
  ["rate(node_network_receive_bytes_total[5m])", "bytes", true],
  ['rate({__name__="node_network_receive_bytes_total",device="eth0"}[5m])', "bytes", true],
  ['{"process_resident_memory_bytes"}', "bytes", false],
  ['{__name__=~".*_bytes"}', null, false],
  ['{job="free_bytes"}', null, false],
  ['sum by (job) (rate(node_cpu_seconds_total{mode!~"idle|io(wait)?"}[5m]))', "ratio", false],
  ["max(process_start_time_seconds)", "epoch seconds", false],
  ["sum(process_start_time_seconds)", "seconds", false],
  ["deriv(process_start_time_seconds[5m])", "ratio", false],
  ["avg(max_over_time(queue_size_bytes[1h])) without (instance)", "bytes", false],
  [
    "histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))",
    "seconds",
    false,
  ],
  ["http_request_duration_seconds_bucket", null, false],
  ["rate(http_request_duration_seconds_bucket[5m])", null, true],
  ["topk(3, app_memory_bytes offset 1h)", "bytes", false],
  ["a_bytes / b_bytes", null, false],
  ["sum(a_bytes) / sum(b_bytes)", null, false],
  ["8 * a_bytes", null, false],
  ["sum(a_bytes * 8)", null, false],
  ["a_bytes > 5", null, false],
  ["count(process_resident_memory_bytes)", null, false],
];

for (const [expression, base, perSecond] of EXPRESSIONS) {
  Deno.test(`unitOfExpression() reads ${base ?? "no unit"} from ${expression}`, () => {
    const unit = unitOfExpression(expression);
    strictEqual(unit.base, base);
    strictEqual(unit.perSecond ?? false, perSecond);
  });
}

Deno.test("unitOfExpression() answers at once, whatever it is given", () => {
  for (const hostile of ["(", "sum(", "a)", "rate(x{", '{"', "by ("]) {
    strictEqual(unitOfExpression(hostile.repeat(8_192 / hostile.length)).base, null);
  }
});
