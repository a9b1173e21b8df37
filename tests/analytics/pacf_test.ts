import { pacf } from "@pronoia/analytics";
import { ok, strictEqual } from "node:assert/strict";

Deno.test("pacf() of an autoregression cuts off after its order", () => {
  let value = 0;
  const values = Array.from({ length: 5000 }, (_, t) => value = 0.6 * value + Math.sin(t * t));
  const { values: partial, lower, upper } = pacf(values, { maxLag: 3 });
  strictEqual(partial[0], 1);
  ok(Math.abs(partial[1] - 0.6) < 0.05);
  ok(Math.abs(partial[2]) < 0.05);
  ok(Math.abs(upper[3] - lower[3] - 2 * 1.959963984540054 / Math.sqrt(5000)) < 1e-12);
});
