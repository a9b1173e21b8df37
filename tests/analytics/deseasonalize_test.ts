import { ok, strictEqual, throws } from "node:assert/strict";
import { deseasonalize, mstl } from "@pronoia/analytics";

const values = Array.from(
  { length: 200 },
  (_, t) => t / 20 + (t % 5) * 3 + (t % 25 < 4 ? 7 : 0) + Math.sin(t * t),
);

Deno.test("deseasonalize() takes off every season and nothing else", () => {
  const { trend, seasonal, remainder } = mstl(values, { periods: [5, 25] });
  const result = deseasonalize(values, { periods: [25, 5] });
  values.forEach((value, t) => {
    ok(Math.abs(result.seasonal[t] - seasonal[5][t] - seasonal[25][t]) < 1e-12);
    ok(Math.abs(result.values[t] - trend[t] - remainder[t]) < 1e-9);
    ok(Math.abs(result.values[t] + result.seasonal[t] - value) < 1e-12);
  });
});

Deno.test("deseasonalize() leaves gaps missing and knows their season", () => {
  const gapped = values.map((value, t) => t % 13 === 6 ? NaN : value);
  const result = deseasonalize(gapped, { periods: [5, 25] });
  gapped.forEach((value, t) => {
    strictEqual(Number.isNaN(result.values[t]), Number.isNaN(value));
    ok(Number.isFinite(result.seasonal[t]));
  });
});

Deno.test("deseasonalize() throws as mstl does", () => {
  throws(() => deseasonalize([1, 2, 3], { periods: [2] }), {
    name: "RangeError",
    message: /two full cycles are needed/,
  });
  throws(() => deseasonalize([1, Infinity, 3, 4], { periods: [2] }), { name: "RangeError" });
});
