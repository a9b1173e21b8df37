import { adfTest } from "@pronoia/analytics";
import { ok, strictEqual, throws } from "node:assert/strict";

Deno.test("adfTest() without lags as worked by hand", () => {
  // x 1 2 4 3 5, Δ 1 2 -1 2; slope of Δ on the level: levels 1 2 4 3, mean 2.5, Sxx 5, Sxy -3.
  // ρ = -0.6; residuals Δ - 1 - ρ (level - 2.5): -0.9 0.7 -1.1 1.3, squares 4.2, variance 2.1; t = -0.6 / √(2.1 / 5).
  const { statistic, usedLag, observations, informationCriterion } = adfTest([1, 2, 4, 3, 5], {
    maxLag: 0,
    lagSelection: "fixed",
  });
  ok(Math.abs(statistic + 0.6 / Math.sqrt(0.42)) < 1e-12);
  strictEqual(usedLag, 0);
  strictEqual(observations, 4);
  strictEqual(informationCriterion, null);
});

Deno.test("adfTest() throws on a series that leaves no error", () => {
  const sine = Array.from({ length: 100 }, (_, t) => Math.sin(t / 5));
  throws(() => adfTest(sine), {
    name: "RangeError",
    message: "Cannot test for a unit root as the values must not follow from their own past without error: " +
      "no error is left at lag 1",
  });
  const line = Array.from({ length: 100 }, (_, t) => 0.1 * t);
  throws(() => adfTest(line, { regression: "ct" }), {
    message: "Cannot test for a unit root as the values must vary around their trend: they lie on it",
  });
});

Deno.test("adfTest() does not depend on offset or scale, where statsmodels drops the constant", () => {
  let level = 0;
  const walk = Array.from({ length: 3000 }, (_, t) => level += Math.sin(t * t));
  for (const regression of ["c", "ct", "ctt"] as const) {
    const { statistic } = adfTest(walk, { regression });
    for (const offset of [1.7e9, 1e10]) {
      const shifted = walk.map((value) => Math.round(value * 4096) / 4096 + offset);
      const rounded = walk.map((value) => Math.round(value * 4096) / 4096);
      const expected = adfTest(rounded, { regression }).statistic;
      ok(Math.abs(adfTest(shifted, { regression }).statistic / expected - 1) < 1e-9);
    }
    for (const scale of [1e-12, 1e12]) {
      const scaled = adfTest(walk.map((value) => value * scale), { regression }).statistic;
      ok(Math.abs(scaled / statistic - 1) < 1e-9);
    }
  }
});
