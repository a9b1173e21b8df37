import { deepStrictEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { fitHoltWinters, type HoltWintersOptions } from "@pronoia/analytics";
import { closeTo } from "./_close.ts";

/** Random walks with a season, some values missing. */
const walks = fc.record({
  steps: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 24, maxLength: 60 }),
  pattern: fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 }),
  gaps: fc.array(fc.nat(59), { maxLength: 4 }),
}).map(({ steps, pattern, gaps }) => {
  let level = 0;
  return Float64Array.from(steps, (step, t) => {
    level += step;
    return gaps.includes(t) ? NaN : level + pattern[t % 4] + ((t * 7919) % 13) / 13;
  });
});
const shapes = fc.constantFrom<HoltWintersOptions>(
  {},
  { trend: "additive" },
  { trend: "additive", damped: true },
  { seasonal: "additive", period: 4 },
  { trend: "additive", seasonal: "additive", period: 4 },
);

/** Walks in steps of 2⁻¹⁶: whole numbers of up to ten digits can be added to them without any rounding. */
const walksOnGrid = walks.map((values) => values.map((value) => Math.round(value * 2 ** 16) / 2 ** 16));
/** Spread of the walks, which is what 1e-9 refers to. */
const size = 10;

Deno.test("fitHoltWinters() moves with the series: the same weights to the bit, forecasts to 1e-9", () => {
  fc.assert(
    fc.property(
      walksOnGrid,
      shapes,
      fc.constantFrom(-7, 1024, 2 ** 30, 1_700_000_000),
      (values, options, shift) => {
        const model = fitHoltWinters(values, options);
        const other = fitHoltWinters(values.map((value) => value + shift), options);
        deepStrictEqual(other.parameters, model.parameters);
        equal(other.sse, model.sse);
        const expected = model.forecast(9), found = other.forecast(9);
        // What is handed out is rounded to the spacing of numbers there, near 1.7e9 2.4e-7.
        const tolerance = 1e-9 * size + Math.abs(shift) * 2 ** -51;
        for (const name of ["mean", "lower", "upper"] as const) {
          found[name].forEach((value, h) => {
            const off = Math.abs(value - shift - expected[name][h]);
            ok(off <= tolerance, `${name} is off by ${off} at ${h}`);
          });
        }
      },
    ),
    { numRuns: 80, seed: 20 },
  );
});

Deno.test("fitHoltWinters() moves with the series as far as rounding of the series itself allows", () => {
  fc.assert(
    fc.property(walks, shapes, fc.constantFrom(0.1, -1234.567, 1e6), (values, options, shift) => {
      const mean = fitHoltWinters(values, options).forecast(9).mean;
      fitHoltWinters(values.map((value) => value + shift), options).forecast(9).mean.forEach((value, h) => {
        const off = Math.abs(value - shift - mean[h]);
        ok(off <= 1e-9 * size + 100 * Math.abs(shift) * 2 ** -53, `off by ${off} at ${h}`);
      });
    }),
    { numRuns: 80, seed: 24 },
  );
});

Deno.test("fitHoltWinters() scales with the series, factors included, to 1e-9", () => {
  // Left out is a trend that multiplies beside a season that adds: a level far away with a factor near 1 is a
  // straight line, so that its sum of squares has no one optimum.
  const factors = fc.constantFrom<HoltWintersOptions>(
    { trend: "multiplicative" },
    { seasonal: "multiplicative", period: 4 },
    { trend: "additive", seasonal: "multiplicative", period: 4 },
    { trend: "additive", damped: true, seasonal: "multiplicative", period: 4 },
    { trend: "multiplicative", seasonal: "multiplicative", period: 4 },
  );
  const cases = fc.oneof(
    fc.record({ values: walks, options: shapes }),
    fc.record({ values: walks.map((values) => values.map((value) => value + 80)), options: factors }),
  );
  fc.assert(
    fc.property(cases, fc.constantFrom(1e-12, 0.7, 3, 1e12), ({ values, options }, scale) => {
      const model = fitHoltWinters(values, options);
      const other = fitHoltWinters(values.map((value) => value * scale), options);
      const mean = model.forecast(9).mean;
      other.forecast(9).mean.forEach((value, h) => {
        const off = Math.abs(value / scale - mean[h]);
        ok(off <= 1e-9 * size, `off by ${off} at ${h}`);
      });
      closeTo(other.sse / (scale * scale), model.sse, 1e-12);
    }),
    { numRuns: 120, seed: 25 },
  );
});

Deno.test("fitHoltWinters() scales exactly by powers of two", () => {
  fc.assert(
    fc.property(walks, shapes, (values, options) => {
      const model = fitHoltWinters(values, options);
      const other = fitHoltWinters(values.map((value) => value * 2 ** -40), options);
      deepStrictEqual(other.parameters, model.parameters);
      deepStrictEqual(other.forecast(5).upper.map((value) => value * 2 ** 40), model.forecast(5).upper);
    }),
    { numRuns: 30, seed: 21 },
  );
});

Deno.test("fitHoltWinters() larger models fit no worse than those they contain", () => {
  fc.assert(
    fc.property(walks, (values) => {
      const sse = (options: HoltWintersOptions) => fitHoltWinters(values, options).sse;
      const season = { seasonal: "additive", period: 4 } as const;
      const simple = sse({}), holt = sse({ trend: "additive" }), seasonal = sse(season);
      const winters = sse({ ...season, trend: "additive" });
      const tolerance = 1 + 1e-9;
      ok(holt <= simple * tolerance);
      ok(sse({ trend: "additive", damped: true }) <= simple * tolerance);
      ok(seasonal <= simple * tolerance);
      ok(winters <= seasonal * tolerance && winters <= holt * tolerance);
      ok(sse({ ...season, trend: "additive", damped: true }) <= seasonal * tolerance);
    }),
    { numRuns: 40, seed: 22 },
  );
});
