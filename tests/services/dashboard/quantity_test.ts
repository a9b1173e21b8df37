import { strictEqual } from "node:assert/strict";
import {
  formatProbability,
  formatQuantity,
  formatShare,
  unitOf,
  unitOfExpression,
} from "../../../services/dashboard/page/format/quantity.ts";
import { formatSpan } from "../../../services/dashboard/page/format/time.ts";

const QUANTITIES: readonly (readonly [number | null, string | null, boolean, string])[] = [
  [null, null, false, "–"],
  [0, null, false, "0"],
  [1234.5678, null, false, "1.235K"],
  [-3.14159, null, false, "-3.142"],
  [1536, "bytes", false, "1.5 KiB"],
  [3 * 1024 ** 3, "bytes", true, "3 GiB/s"],
  [0.0123, "seconds", false, "12.3 ms"],
  [5400, "seconds", false, "90 min"],
  [0.4213, "ratio", false, "42.13 %"],
  [1e-9, null, false, "1.00e-9"],
  [42, "requests", true, "42 req/s"],
];

for (const [value, base, perSecond, words] of QUANTITIES) {
  Deno.test(`formatQuantity() writes ${value} ${base ?? ""}${perSecond ? " per second" : ""} as ${words}`, () => {
    strictEqual(formatQuantity(value, { base, perSecond }), words);
  });
}

Deno.test("formatProbability() never claims certainty it does not have", () => {
  strictEqual(formatProbability(0.9999), "> 99 %");
  strictEqual(formatProbability(0.001), "< 1 %");
  strictEqual(formatProbability(0.37), "37 %");
  strictEqual(formatProbability(null), "–");
});

Deno.test("formatShare() keeps the digits an objective needs", () =>
  strictEqual(formatShare(0.99941, 3), "99.941 %"));

Deno.test("unitOf() reads the unit from the name where the source says none", () => {
  strictEqual(
    unitOf({ name: "node_network_receive_bytes_total", type: "counter", unit: null }).base,
    "bytes",
  );
  strictEqual(unitOf({ name: "errors_total", type: "counter", unit: "per second" }).base, null);
  strictEqual(unitOf({ name: "queue_depth", type: "gauge", unit: null }).base, null);
});

Deno.test("formatSpan() uses the unit that fits", () => {
  strictEqual(
    [500, 90_000, 600_000, 12_600_000, 259_200_000].map(formatSpan).join(),
    "500 ms,90 s,10 min,3.5 h,3 d",
  );
});

const EXPRESSIONS: readonly (readonly [string, string | null, boolean])[] = [
  ["node_memory_MemAvailable_bytes", "bytes", false],
  ['http_request_duration_seconds{quantile="0.99"}', "seconds", false],
  ["rate(node_network_receive_bytes_total[5m])", "bytes", true],
  ["a_bytes / b_bytes", null, false],
  ["count(process_resident_memory_bytes)", null, false],
];

for (const [expression, base, perSecond] of EXPRESSIONS) {
  Deno.test(`unitOfExpression() reads ${base ?? "no unit"} from ${expression}`, () => {
    const unit = unitOfExpression(expression);
    strictEqual(unit.base, base);
    strictEqual(unit.perSecond ?? false, perSecond);
  });
}
