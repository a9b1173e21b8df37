import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { createGenerator } from "../../../analytics/random/_generator.ts";
import { lagProducts } from "../../../analytics/spectrum/_lag_products.ts";
import { observedPairs } from "../../../analytics/spectrum/_observed_pairs.ts";

Deno.test("lagProducts() are the sums they are defined by, at lengths around every switch", () => {
  const { normal } = createGenerator(9);
  for (const n of [1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 100, 255, 256, 257, 700, 1537]) {
    const x = Float64Array.from({ length: n }, normal);
    for (const maxLag of new Set([0, Math.min(3, n - 1), n >> 1, n - 1])) {
      const products = lagProducts(x, maxLag);
      strictEqual(products.length, maxLag + 1);
      for (let lag = 0; lag <= maxLag; lag++) {
        let expected = 0;
        for (let t = 0; t + lag < n; t++) expected += x[t] * x[t + lag];
        ok(Math.abs(products[lag] - expected) < 1e-13 * products[0], `n ${n}, maxLag ${maxLag}, lag ${lag}`);
      }
    }
  }
});

Deno.test("observedPairs() counts pairs of which neither is missing", () => {
  deepStrictEqual([...observedPairs([1, NaN, 1, 1], 3, 3)], [3, 1, 1, 1]);
  deepStrictEqual([...observedPairs([1, 2, 3], 3, 2)], [3, 2, 1]);
  const gapped = Array.from({ length: 500 }, (_, t) => t % 3 === 0 ? NaN : t);
  const pairs = observedPairs(gapped, 333, 499);
  strictEqual(pairs[3], gapped.filter((value, t) => t >= 3 && !Number.isNaN(value)).length);
});
