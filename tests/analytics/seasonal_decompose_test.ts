import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { seasonalDecompose, type SeasonalDecomposeOptions } from "@pronoia/analytics";
import fc from "fast-check";
import { agrees } from "./goldens/component.ts";
import statsmodels from "./goldens/decomposition.json" with { type: "json" };
import { type Refusal, testRefusals } from "./_refusals.ts";

Deno.test("seasonalDecompose() of six values as worked by hand", () => {
  // Averages of three: (1+5+3)/3, (5+3+4)/3, (3+4+8)/3, (4+8+6)/3. Left over: 2, -1, -1, 2.
  const { observed, trend, seasonal, remainder } = seasonalDecompose([1, 5, 3, 4, 8, 6], { period: 3 });
  deepStrictEqual([...observed], [1, 5, 3, 4, 8, 6]);
  const close = (found: Float64Array, expected: number[]) =>
    expected.forEach((value, t) =>
      ok(Number.isNaN(value) ? Number.isNaN(found[t]) : Math.abs(found[t] - value) < 1e-12)
    );
  close(trend, [NaN, 3, 4, 5, 6, NaN]);
  close(seasonal, [-1, 2, -1, -1, 2, -1]);
  close(remainder, [NaN, 0, 0, 0, 0, NaN]);
});

statsmodels.seasonalDecompose.forEach(({ series, options, trend, seasonal, remainder }) => {
  Deno.test(`seasonalDecompose() agrees with ${statsmodels.source} on ${series} ${JSON.stringify(options)}`, () => {
    const values = statsmodels.series[series as keyof typeof statsmodels.series];
    const result = seasonalDecompose(values, options as SeasonalDecomposeOptions);
    agrees(result.trend, trend, 150);
    agrees(result.seasonal, seasonal, 1);
    agrees(result.remainder, remainder, 1);
  });
});

Deno.test("seasonalDecompose() components add up or multiply to the series, whatever its level and scale", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1, max: 2, noNaN: true }), { minLength: 24, maxLength: 90 }),
      fc.integer({ min: 2, max: 12 }),
      fc.boolean(),
      fc.constantFrom(1e-12, 1, 1.7e9, 1e300),
      (noise, period, twoSided, scale) => {
        const values = noise.map((value) => value * scale);
        for (const model of ["additive", "multiplicative"] as const) {
          const options = { period, model, twoSided, extrapolateTrend: "period" } as const;
          const { trend, seasonal, remainder } = seasonalDecompose(values, options);
          const base = seasonalDecompose(noise, options);
          values.forEach((value, t) => {
            const sum = model === "additive"
              ? trend[t] + seasonal[t] + remainder[t]
              : trend[t] * seasonal[t] * remainder[t];
            ok(Math.abs(sum - value) < 1e-9 * scale);
            const unit = model === "additive" ? scale : 1;
            ok(Math.abs(seasonal[t] / unit - base.seasonal[t]) < 1e-9);
          });
        }
      },
    ),
    { seed: 20260103, numRuns: 60 },
  );
});

Deno.test("seasonalDecompose() is not moved by a level of 1e9", () => {
  const values = Array.from({ length: 60 }, (_, t) => t % 6 + Math.round(8 * Math.sin(t * t)) / 8);
  const base = seasonalDecompose(values, { period: 6 });
  const raised = seasonalDecompose(values.map((value) => value + 2 ** 30), { period: 6 });
  base.seasonal.forEach((value, t) => ok(Math.abs(value - raised.seasonal[t]) < 1e-9));
});

Deno.test("seasonalDecompose() continues a lone average of the trend as it is", () => {
  // statsmodels takes the shortest of all lines through the one point here, which depends on the level.
  const { trend } = seasonalDecompose([101, 99, 103, 101], { period: 2, extrapolateTrend: 1 });
  deepStrictEqual([...trend], [100.5, 100.5, 101.5, 100.5]);
});

Deno.test("seasonalDecompose() of a constant has neither season nor remainder", () => {
  for (const level of [0, 5, 1e308, -1e308, 5e-324]) {
    const { trend, seasonal, remainder } = seasonalDecompose(new Float64Array(20).fill(level), {
      period: 4,
      extrapolateTrend: "period",
    });
    ok(trend.every((value) => value === level));
    ok(seasonal.every((value) => value === 0) && remainder.every((value) => value === 0));
  }
});

const SIX = [1, 2, 3, 1, 2, 3];
const REFUSALS: readonly Refusal[] = [
  ["an empty series", [], { period: 2 }, "RangeError", "at least 2 observations are needed: found 0"],
  ["one value", [1], { period: 2 }, "RangeError", "at least 2 observations are needed: found 1"],
  ["a missing value", [1, 2, NaN, 4], { period: 2 }, "RangeError", "value at index 2 is NaN"],
  ["Infinity", [1, 2, Infinity, 4], { period: 2 }, "RangeError", "value at index 2 is Infinity"],
  [
    "fewer than two cycles",
    [1, 2, 3],
    { period: 2 },
    "RangeError",
    "two full cycles are needed: found 3 values",
  ],
  ["a period of 0", SIX, { period: 0 }, "RangeError", '"period" must be an integer of at least 2'],
  ["a misspelt model", SIX, { period: 3, model: "add" }, "RangeError", '"model" must be one of'],
  [
    "0 in a product",
    [1, 0, 3, 1],
    { period: 2, model: "multiplicative" },
    "RangeError",
    "value at index 1 is 0",
  ],
  [
    "a word for twoSided",
    SIX,
    { period: 3, twoSided: "no" },
    "TypeError",
    '"twoSided" must be true or false',
  ],
  ["-1 points", SIX, { period: 3, extrapolateTrend: -1 }, "RangeError", '"extrapolateTrend" must be'],
  ["a misspelt option", SIX, { period: 3, filt: [1] }, "TypeError", 'found "filt"'],
];
testRefusals(seasonalDecompose, { cannot: "decompose by moving averages", of: REFUSALS });

Deno.test("seasonalDecompose() keeps the digits of values far below others", () => {
  const values = Float64Array.from({ length: 96 }, (_, t) => 2 ** t * [1, 2][t % 2]);
  const { trend, remainder } = seasonalDecompose(values, { period: 2, model: "multiplicative" });
  // Growth and season are exact, so that every remainder is the same.
  for (let t = 1; t < 95; t++) ok(trend[t] > 0 && Math.abs(remainder[t] - remainder[1]) < 1e-12, `at ${t}`);
  for (const wide of [Float64Array.from({ length: 40 }, (_, t) => t % 2 === 0 ? 1e150 : 1e-150)]) {
    ok(
      seasonalDecompose(wide, { period: 6, model: "multiplicative" }).remainder.slice(3, 37).every(
        Number.isFinite,
      ),
    );
  }
});

Deno.test("seasonalDecompose() refuses components that leave the range of doubles or of factors", () => {
  const largest = Array.from({ length: 40 }, (_, t) => (t % 2 === 0 ? 1 : -1) * 1.79e308);
  throws(() => seasonalDecompose(largest, { period: 7, twoSided: false, extrapolateTrend: 2 }), {
    name: "RangeError",
    message: /^Cannot decompose as every component must be a finite number: it overflows at index /,
  });
  const falling = Array.from({ length: 24 }, (_, t) => t < 20 ? 100 - 5 * t + (t % 4) : 0.01);
  throws(() => seasonalDecompose(falling, { period: 8, model: "multiplicative", extrapolateTrend: 3 }), {
    name: "RangeError",
    message: /as the extrapolated trend must stay above 0: value at index \d+ is -/,
  });
});
