import { ok } from "node:assert/strict";
import { mstl, type MstlOptions, stl } from "@pronoia/analytics";
import fc from "fast-check";
import { agrees } from "./goldens/component.ts";
import statsmodels from "./goldens/decomposition.json" with { type: "json" };
import r from "./goldens/decomposition_r.json" with { type: "json" };
import { type Refusal, testRefusals } from "./_refusals.ts";

statsmodels.mstl.forEach(({ series, options, trend, seasonal, weights }) => {
  Deno.test(`mstl() agrees with ${statsmodels.source} given ${JSON.stringify(options)}`, () => {
    const values = statsmodels.series[series as keyof typeof statsmodels.series];
    const result = mstl(values, options as unknown as MstlOptions);
    agrees(result.trend, trend, 120);
    agrees(result.seasonal[24], seasonal["24"], 120);
    agrees(result.seasonal[168], seasonal["168"], 120);
    agrees(result.weights, weights, 1);
  });
});

Deno.test("mstl() agrees with R on half-hourly electricity demand", () => {
  const result = mstl(r.taylor, { periods: [336, 48], windows: [15, 11], innerIterations: 2 });
  agrees(result.trend, r.mstl.trend, 4e4);
  agrees(result.seasonal[48], r.mstl.seasonal["48"], 4e4);
  agrees(result.seasonal[336], r.mstl.seasonal["336"], 4e4);
});

Deno.test("mstl() of one period is stl() with a window of 11", () => {
  const values = Array.from({ length: 100 }, (_, t) => Math.sin(t) + t % 10);
  const several = mstl(values, { periods: [10] });
  const one = stl(values, { period: 10, seasonalWindow: 11 });
  several.trend.forEach((value, t) => ok(Math.abs(value - one.trend[t]) < 1e-12));
  several.seasonal[10].forEach((value, t) => ok(Math.abs(value - one.seasonal[t]) < 1e-12));
  ok(Math.abs(several.strength.seasonal[10] - one.strength.seasonal) < 1e-9);
});

Deno.test("mstl() components add up, with gaps and without", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 150, maxLength: 200 }),
      fc.integer({ min: 5, max: 50 }),
      fc.constantFrom(0, 1.7e9),
      (noise, gap, shift) => {
        const values = noise.map((e, t) => t % gap === 3 ? NaN : shift + e + (t % 7) + (t % 21 < 3 ? 4 : 0));
        const { trend, seasonal, remainder } = mstl(values, { periods: [7, 21] });
        values.forEach((value, t) => {
          const sum = trend[t] + seasonal[7][t] + seasonal[21][t];
          if (Number.isNaN(value)) ok(Number.isFinite(sum) && Number.isNaN(remainder[t]));
          else ok(Math.abs(sum + remainder[t] - value) < 1e-9 + shift * 1e-15);
        });
      },
    ),
    { seed: 20260102, numRuns: 40 },
  );
});

const values = Array.from({ length: 50 }, (_, t) => t % 5);
const REFUSALS: readonly Refusal[] = [
  ["an empty series", [], { periods: [2] }, "RangeError", "at least 2 observations are needed: found 0"],
  ["Infinity", [1, 2, Infinity, 4], { periods: [2] }, "RangeError", "value at index 2 is Infinity"],
  [
    "a period that does not fit twice",
    values,
    { periods: [5, 26] },
    "RangeError",
    "50 values for a period of 26",
  ],
  ["no period", values, { periods: [] }, "RangeError", "at least one period is needed: found 0"],
  ["a period given twice", values, { periods: [5, 5] }, "RangeError", "must be different: found 5, 5"],
  ["a number for the periods", values, { periods: 5 }, "TypeError", '"periods" must be an array: found 5'],
  ["a broken period", values, { periods: [5.5] }, "RangeError", '"period" must be an integer'],
  ["too few windows", values, { periods: [5, 10], windows: [7] }, "RangeError", "found 1 for 2 periods"],
  ["an even window", values, { periods: [5], windows: [8] }, "RangeError", '"seasonalWindow" must be odd'],
  ["no round", values, { periods: [5], iterate: 0 }, "RangeError", '"iterate" must be'],
  ["a misspelt option", values, { periods: [5], window: 7 }, "TypeError", 'found "window"'],
];
testRefusals(mstl, { cannot: "decompose by mstl", of: REFUSALS });
