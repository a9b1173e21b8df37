import { ok, strictEqual } from "node:assert/strict";
import { chooseForecaster } from "@pronoia/analytics";
import { createGenerator } from "../../../../analytics/random/_generator.ts";

/** Steps ahead, where errors were tried 240 of them. */
const HORIZON = 1_440;

for (const share of [0, 0.5, 0.95]) {
  Deno.test(`intervals of AR(${share}) hold six times as far ahead as was tried, and are hardly too wide`, () => {
    const seeds = 6;
    let inside = 0;
    let width = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const random = createGenerator(seed, 0);
      let state = 0;
      const next = (from: number): number => share * from + random.normal();
      const values = Float64Array.from({ length: 2_880 }, () => state = next(state));
      const { lower, upper } = chooseForecaster(values, { horizon: HORIZON, periods: [], effort: "quick" })
        .forecast(HORIZON);
      width += (upper[HORIZON - 1] - lower[HORIZON - 1]) / seeds;
      for (let path = 0; path < 50; path++) {
        let later = state;
        for (let k = 0; k < HORIZON; k++) {
          later = next(later);
          if (lower[k] <= later && later <= upper[k]) inside++;
        }
      }
    }
    const coverage = inside / (seeds * 50 * HORIZON);
    ok(coverage > 0.93 && coverage < 0.985, `${coverage}`);
    const ideal = 2 * 1.96 / Math.sqrt(1 - share ** 2);
    ok(width < 1.35 * ideal, `${width} of an ideal ${ideal}`);
  });
}

Deno.test("intervals of a random walk go on widening as its distance does", () => {
  const random = createGenerator(3, 0);
  let state = 0;
  const values = Float64Array.from({ length: 2_880 }, () => state += random.normal());
  const { lower, upper } = chooseForecaster(values, { horizon: HORIZON, periods: [] }).forecast(HORIZON);
  const width = (k: number): number => upper[k - 1] - lower[k - 1];
  ok(width(960) > 1.5 * width(240), `${width(960) / width(240)} of an ideal 2`);
});

Deno.test("a wider interval stays the wider one beyond what was tried", () => {
  const random = createGenerator(4, 0);
  const values = Float64Array.from({ length: 1_440 }, () => random.normal());
  const forecaster = chooseForecaster(values, { horizon: HORIZON, periods: [], effort: "quick" });
  const [narrow, wide] = [0.8, 0.95].map((confidence) => forecaster.forecast(HORIZON, { confidence }));
  ok(wide.upper.every((upper, k) => upper >= narrow.upper[k] && wide.lower[k] <= narrow.lower[k]));
});

Deno.test("the backtest of a line without error counts errors of rounding size as held", () => {
  for (const length of [40, 63, 80, 137, 400]) {
    for (const [start, slope] of [[0, 1], [0.1, 0.1], [21, 1 / 3], [1e9, 0.3]]) {
      const values = Array.from({ length }, (_, t) => start + slope * t);
      const { backtest } = chooseForecaster(values, { periods: [], horizon: 40 }).explanation;
      strictEqual(backtest?.coverage, 1, `${length} values from ${start} by ${slope}`);
      if (start < 1e9) strictEqual(backtest?.mae, 0, `${length} values from ${start} by ${slope}`);
    }
  }
});
