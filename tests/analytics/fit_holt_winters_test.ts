import { deepStrictEqual, equal, ok, throws } from "node:assert/strict";
import { fitHoltWinters, type HoltWintersOptions } from "@pronoia/analytics";
import { closeTo } from "./_close.ts";

Deno.test("fitHoltWinters() follows simple smoothing worked by hand", () => {
  // α = ½ leaves the initial level to be estimated: errors e₁ = 2 − l, e₂ = 4 − (l + 2)/2, e₃ = 3 − (l/4 + ½ + 2).
  // Their squares are least at l = (2 + 3/2 + 1/8) / (1 + 1/4 + 1/16).
  const model = fitHoltWinters([2, 4, 3], { smoothing: { level: 0.5 } });
  const level = (2 + 3 / 2 + 1 / 8) / (1 + 1 / 4 + 1 / 16);
  closeTo(model.initialState.level, level);
  closeTo(model.fitted[1], (level + 2) / 2);
  closeTo(model.forecast(2).mean[1], (((level + 2) / 2 + 4) / 2 + 3) / 2);
  closeTo(model.sse, model.residuals.reduce((sum, error) => sum + error * error, 0));
  // One initial state is all that was estimated.
  closeTo(model.variance, model.sse / 2);
});

Deno.test("fitHoltWinters() takes the trend's weight as β*, the share of the level's move", () => {
  const values = [17.55, 21.86, 23.89, 26.93, 26.89, 28.83, 30.08, 30.95];
  const model = fitHoltWinters(values, { trend: "additive", smoothing: { level: 0.8, trend: 0.2 } });
  let { level, trend } = model.initialState;
  values.forEach((value, t) => {
    closeTo(model.fitted[t], level + trend);
    const next = 0.8 * value + 0.2 * (level + trend);
    trend = 0.2 * (next - level) + 0.8 * trend;
    level = next;
  });
  closeTo(model.state.level, level);
  closeTo(model.state.trend, trend);
});

Deno.test("fitHoltWinters() moves as foretold over a missing value", () => {
  const values = [1, 2, 3, NaN, NaN, 6, 7, 8.5];
  const model = fitHoltWinters(values, { trend: "additive", smoothing: { level: 0.5, trend: 0.5 } });
  closeTo(model.fitted[4] - model.fitted[3], model.fitted[3] - (model.fitted[2] + 0.5 * model.residuals[2]));
  ok(Number.isNaN(model.residuals[3]) && Number.isNaN(model.residuals[4]));
  equal(model.observations, 6);
});

Deno.test("fitHoltWinters() finds a season through gaps, also a phase that is missing once", () => {
  const pattern = [5, -1, 2, -6];
  const values = Float64Array.from(
    { length: 80 },
    (_, t) => t % 7 === 3 ? NaN : 100 + t / 4 + pattern[t % 4],
  );
  const model = fitHoltWinters(values, { trend: "additive", seasonal: "additive", period: 4 });
  ok(model.sse < 1e-9);
  model.forecast(8).mean.forEach((value, h) => closeTo(value, 100 + (80 + h) / 4 + pattern[h % 4], 1e-6));
});

Deno.test("fitHoltWinters() of a constant is the constant", () => {
  for (
    const options of [{}, { trend: "additive" }, { seasonal: "additive", period: 3 }] as HoltWintersOptions[]
  ) {
    for (const constant of [0, 5, -1e12, 1e-300]) {
      const model = fitHoltWinters(new Float64Array(12).fill(constant), options);
      equal(model.sse, 0);
      ok([model.aic, model.bic, model.logLikelihood].every(Number.isFinite));
      const { mean, lower, upper } = model.forecast(4);
      deepStrictEqual([...mean, ...lower, ...upper], new Array(12).fill(constant));
    }
  }
});

Deno.test("fitHoltWinters() refuses what it cannot fit", () => {
  const cases: readonly [ArrayLike<number>, unknown, string, string][] = [
    [[], {}, "RangeError", "at least 3 observations are needed: found 0"],
    [[1], {}, "RangeError", "at least 3 observations are needed: found 1"],
    [[1, 2], {}, "RangeError", "at least 3 observations are needed: found 2"],
    [[NaN, NaN, NaN, NaN], {}, "RangeError", "at least 3 observations are needed: found 0"],
    [
      [1, 2, Infinity],
      {},
      "RangeError",
      "every value must be finite or missing: value at index 2 is Infinity",
    ],
    [
      [1, 2, -Infinity],
      {},
      "RangeError",
      "every value must be finite or missing: value at index 2 is -Infinity",
    ],
    [[1, 2, 1e308], {}, "RangeError", "no value may exceed 1e+150: found 1e+308"],
    [[1, 2, 3], { seasonal: "additive" }, "TypeError", 'a season needs its "period": found none'],
    [
      [1, 2, 3, 4, 5, 6, 7],
      { seasonal: "additive", period: 4 },
      "RangeError",
      "two whole periods of 4 are needed: found 7 values",
    ],
    [
      [1, 2, 3],
      { seasonal: "additive", period: 1 },
      "RangeError",
      '"period" must be an integer between 2 and 10080: found 1',
    ],
    [
      [1, 2, 3],
      { seasonal: "additive", period: 2.5 },
      "RangeError",
      '"period" must be an integer between 2 and 10080: found 2.5',
    ],
    [
      [1, 2, 3],
      { seasonal: "mul" },
      "RangeError",
      '"seasonal" must be one of "none", "additive", "multiplicative": found "mul"',
    ],
    [
      [1, 2, 3],
      { trend: "add" },
      "RangeError",
      '"trend" must be one of "none", "additive", "multiplicative": found "add"',
    ],
    [[1, 2, 3], { damped: true }, "RangeError", '"damped" needs a trend: found trend "none"'],
    [[1, 2, 3], { damped: 1 }, "TypeError", '"damped" must be true or false: found 1'],
    [
      [1, 2, 3],
      { periods: 4 },
      "TypeError",
      'the options are trend, damped, seasonal, period, smoothing: found "periods"',
    ],
    [
      [1, 2, 3],
      { smoothing: { alpha: 1 } },
      "TypeError",
      'the options are level, trend, seasonal, damping: found "alpha"',
    ],
    [
      [1, 2, 3],
      { smoothing: { level: 2 } },
      "RangeError",
      '"smoothing.level" must be between 0 and 1: found 2',
    ],
    [
      [1, 2, 3],
      { smoothing: { level: NaN } },
      "RangeError",
      '"smoothing.level" must be between 0 and 1: found NaN',
    ],
    [
      [1, 2, 3],
      { smoothing: { trend: 0.1 } },
      "RangeError",
      '"smoothing.trend" needs its component: the model has none',
    ],
    [
      [1, 2, 0, 4, 5, 6, 7, 8],
      { trend: "multiplicative" },
      "RangeError",
      "relative errors and factors need positive values: value at index 2 is 0",
    ],
  ];
  for (const [values, options, name, rule] of cases) {
    throws(() => fitHoltWinters(values, options as HoltWintersOptions), {
      name,
      message: `Cannot fit Holt-Winters as ${rule}`,
    });
  }
  throws(() => fitHoltWinters("abc" as unknown as number[]), { name: "TypeError" });
  throws(() => fitHoltWinters([1, 2, 3], null as unknown as HoltWintersOptions), { name: "TypeError" });
});

Deno.test("fitHoltWinters() finds long seasons: a day of minutes", () => {
  const period = 1440;
  const values = Float64Array.from(
    { length: 3 * period },
    (_, t) =>
      1e9 + 50 * Math.sin(2 * Math.PI * t / period) + 20 * (t % period > 700 ? 1 : 0) +
      ((t * 7919) % 101) / 101,
  );
  const model = fitHoltWinters(values, { seasonal: "additive", period });
  const { mean } = model.forecast(period);
  const worst = mean.reduce((most, value, h) => Math.max(most, Math.abs(value - values[h])), 0);
  ok(worst < 2, `worst error ${worst}`);
});
