import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { stl } from "@pronoia/analytics";
import fc from "fast-check";
import { type Refusal, testRefusals } from "./_refusals.ts";

const SEED = 20260101;

function daily(length: number, period: number): Float64Array {
  return Float64Array.from(
    { length },
    (_, t) => 50 + t / 10 + 8 * Math.sin(2 * Math.PI * t / period) + Math.sin(t * t),
  );
}

Deno.test("stl() of a line plus a fixed season gives both back", () => {
  // A loess of degree 1 reproduces a line, and of any degree what does not change between cycles.
  const season = [4, 1, -2, -3];
  const { trend, seasonal, remainder, weights } = stl(
    Array.from({ length: 41 }, (_, t) => 10 + 0.5 * t + season[t % 4]),
    { period: 4 },
  );
  for (let t = 0; t < 41; t++) {
    ok(Math.abs(trend[t] - 10 - 0.5 * t) < 1e-9);
    ok(Math.abs(seasonal[t] - season[t % 4]) < 1e-9);
    ok(Math.abs(remainder[t]) < 1e-9);
    strictEqual(weights[t], 1);
  }
});

Deno.test("stl() components add up, and its season is unmoved by shift and scale", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 40 }),
      fc.integer({ min: 0, max: 60 }),
      fc.boolean(),
      fc.constantFrom(1.7e9, -1e12, 0),
      fc.constantFrom(1e-12, 3, 1e9),
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 140, maxLength: 140 }),
      (period, more, robust, shift, scale, noise) => {
        const values = noise.slice(0, 2 * period + more).map((e, t) => 3 * Math.cos(t / period) + e);
        const base = stl(values, { period, robust });
        values.forEach((value, t) => {
          ok(Math.abs(base.trend[t] + base.seasonal[t] + base.remainder[t] - value) < 1e-12);
        });
        // The values themselves are rounded by the shift: half a unit in the last place of the largest.
        const rounding = Math.abs(shift) * 2 ** -52;
        const shifted = stl(values.map((value) => value + shift), { period });
        const scaled = stl(values.map((value) => value * scale), { period });
        const plain = stl(values, { period });
        values.forEach((_, t) => {
          ok(Math.abs(shifted.seasonal[t] - plain.seasonal[t]) < 1e-9 + 20 * rounding);
          ok(Math.abs(scaled.seasonal[t] / scale - plain.seasonal[t]) < 1e-9);
          ok(Math.abs(scaled.trend[t] / scale - plain.trend[t]) < 1e-9);
        });
      },
    ),
    { seed: SEED, numRuns: 60 },
  );
});

Deno.test("stl() mirrors: the decomposition of a reversed series is the reversed decomposition", () => {
  // Whole cycles only, so that phases keep their number of values; wide windows take the other way of summing.
  for (const [length, period] of [[120, 12], [800, 100]]) {
    const values = daily(length, period);
    const forwards = stl(values, { period });
    const backwards = stl(values.toReversed(), { period });
    backwards.trend.reverse().forEach((value, t) => ok(Math.abs(value - forwards.trend[t]) < 1e-9));
    backwards.seasonal.reverse().forEach((value, t) => ok(Math.abs(value - forwards.seasonal[t]) < 1e-9));
  }
});

Deno.test("stl() with equal weights is the same by weighted and by plain sums", () => {
  // A series so clean that every robustness weight stays near 1 must barely differ from the plain one.
  const values = daily(900, 90).map((value) => Math.round(value * 1e3) / 1e3);
  const plain = stl(values, { period: 90, innerIterations: 2, outerIterations: 0 });
  const gap = Float64Array.from(values);
  gap[450] = NaN;
  const gapped = stl(gap, { period: 90, innerIterations: 2 });
  plain.trend.forEach((value, t) => ok(Math.abs(value - gapped.trend[t]) < 0.1));
});

Deno.test("stl() runs through gaps without looking at them", () => {
  for (const [length, period] of [[96, 8], [1200, 120]]) {
    const values = daily(length, period);
    const holes = values.map((value, t) => t % 17 === 3 || (t > 40 && t < 52) ? NaN : value);
    const { trend, seasonal, remainder, weights, strength } = stl(holes, { period });
    holes.forEach((value, t) => {
      ok(Number.isFinite(trend[t]) && Number.isFinite(seasonal[t]));
      strictEqual(Number.isNaN(remainder[t]), Number.isNaN(value));
      strictEqual(weights[t], Number.isNaN(value) ? 0 : 1);
      ok(Math.abs(trend[t] + seasonal[t] - values[t]) < 6);
    });
    ok(strength.seasonal > 0.9);
  }
});

Deno.test("stl() fills a phase that was never observed from the phases beside it", () => {
  const values = Float64Array.from(
    { length: 240 },
    (_, t) => t % 24 === 6 ? NaN : Math.sin(2 * Math.PI * t / 24),
  );
  const { seasonal, trend } = stl(values, { period: 24 });
  for (let t = 6; t < 240; t += 24) ok(Math.abs(seasonal[t] + trend[t] - 1) < 0.06);
});

Deno.test("stl() runs straight through a gap wider than the trend's window", () => {
  const values = Float64Array.from({ length: 400 }, (_, t) => t > 120 && t < 300 ? NaN : t + [1, -1][t % 2]);
  const { trend } = stl(values, { period: 2 });
  for (let t = 0; t < 400; t++) ok(Math.abs(trend[t] - t) < 1.5, `${t}: ${trend[t]}`);
  for (let t = 130; t < 290; t++) ok(Math.abs(trend[t + 1] - 2 * trend[t] + trend[t - 1]) < 1e-9);
});

Deno.test("stl() when robust leaves an outlier in the remainder", () => {
  const values = daily(700, 70);
  const spiked = Float64Array.from(values);
  spiked[300] += 1000;
  const { remainder, weights } = stl(spiked, { period: 70, robust: true });
  strictEqual(weights[300], 0);
  ok(Math.abs(remainder[300] - 1000) < 5);
});

Deno.test("stl() of a constant has neither season nor remainder", () => {
  for (const level of [0, 5, 1e308, -1e308, 5e-324, 1.7e9]) {
    for (const robust of [false, true]) {
      const { trend, seasonal, remainder, strength } = stl(new Float64Array(30).fill(level), {
        period: 5,
        robust,
      });
      ok(trend.every((value) => value === level));
      ok(seasonal.every((value) => value === 0) && remainder.every((value) => value === 0));
      deepStrictEqual(strength, { trend: 0, seasonal: 0 });
    }
  }
});

Deno.test("stl() stays finite at the ends of the number range", () => {
  for (const size of [1e308, 1e-308, 5e-324, 1e200, 1e-200]) {
    const values = Array.from({ length: 40 }, (_, t) => t % 4 === 0 ? size : 0);
    const { trend, seasonal, remainder } = stl(values, { period: 4 });
    for (const component of [trend, seasonal, remainder]) ok(component.every(Number.isFinite));
    if (size > 1e-300) ok(Math.abs((trend[20] + seasonal[20]) / size - 1) < 1e-9);
  }
});

Deno.test("stl() takes seasons of 10,080 values", () => {
  const values = daily(30_240, 10_080);
  const { strength, seasonal } = stl(values, { period: 10_080, innerIterations: 2 });
  ok(strength.seasonal > 0.95);
  ok(Math.abs(seasonal[15_120 + 2_520] + 8) < 3);
});

const REFUSALS: readonly Refusal[] = [
  ["an empty series", [], { period: 2 }, "RangeError", "at least 2 observations are needed: found 0"],
  ["one value", [1], { period: 2 }, "RangeError", "at least 2 observations are needed: found 1"],
  ["all missing", [NaN, NaN, NaN, NaN], { period: 2 }, "RangeError", "at least 2 observations are needed"],
  ["Infinity", [1, 2, Infinity, 4], { period: 2 }, "RangeError", "value at index 2 is Infinity"],
  ["-Infinity", [1, 2, -Infinity, 4], { period: 2 }, "RangeError", "value at index 2 is -Infinity"],
  [
    "fewer than two cycles",
    [1, 2, 3],
    { period: 2 },
    "RangeError",
    "two full cycles are needed: found 3 values",
  ],
  ["a period of 1", [1, 2, 3, 4], { period: 1 }, "RangeError", '"period" must be an integer of at least 2'],
  ["a broken period", [1, 2, 3, 4, 5], { period: 2.5 }, "RangeError", '"period" must be an integer'],
  ["no period", [1, 2, 3, 4], {}, "TypeError", '"period" must be a number: found undefined'],
  ["no options", [1, 2, 3, 4], null, "TypeError", "the options must be an object"],
  ["an even window", [1, 2, 3, 4], { period: 2, trendWindow: 4 }, "RangeError", '"trendWindow" must be odd'],
  [
    "a small window",
    [1, 2, 3, 4],
    { period: 2, seasonalWindow: 1 },
    "RangeError",
    '"seasonalWindow" must be',
  ],
  ["degree 2", [1, 2, 3, 4], { period: 2, trendDegree: 2 }, "RangeError", '"trendDegree" must be'],
  ["a jump of 0", [1, 2, 3, 4], { period: 2, lowPassJump: 0 }, "RangeError", '"lowPassJump" must be'],
  ["no rounds", [1, 2, 3, 4], { period: 2, innerIterations: 0 }, "RangeError", '"innerIterations" must be'],
  [
    "a word for robust",
    [1, 2, 3, 4],
    { period: 2, robust: "yes" },
    "TypeError",
    '"robust" must be true or false',
  ],
  ["a misspelt option", [1, 2, 3, 4], { period: 2, window: 7 }, "TypeError", 'found "window"'],
];
testRefusals(stl, { cannot: "decompose by stl", of: REFUSALS });
