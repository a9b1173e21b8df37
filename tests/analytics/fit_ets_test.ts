import { deepStrictEqual, equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { type EtsOptions, fitEts } from "@pronoia/analytics";
import { goldenSeries } from "./goldens/exponential_smoothing.ts";
import { closeTo } from "./_close.ts";

Deno.test("fitEts() intervals of a season do not widen before its second cycle", () => {
  // A reference implementation applies the last step's whole cycles to every step.
  const { values } = goldenSeries("tourists");
  const model = fitEts(values, { seasonal: "additive", period: 4, smoothing: { level: 0.2, seasonal: 0.5 } });
  const short = model.forecast(4), long = model.forecast(12);
  for (let h = 0; h < 4; h++) equal(long.upper[h], short.upper[h]);
  const width = (h: number) => ((long.upper[h] - long.mean[h]) / (long.upper[0] - long.mean[0])) ** 2;
  closeTo(width(3), 1 + 3 * 0.2 ** 2);
  // R widens at step 4 instead of step 5: see above.
  closeTo(width(4), 1 + 3 * 0.2 ** 2 + (0.2 + 0.5) ** 2);
});

Deno.test("fitEts() intervals of relative errors use α + βj, not αβj", () => {
  const { values } = goldenSeries("tourists");
  const smoothing = { level: 0.4, trend: 0.1, seasonal: 0.2 };
  const model = fitEts(values, {
    error: "multiplicative",
    trend: "additive",
    seasonal: "additive",
    period: 4,
    smoothing,
  });
  const { mean, upper } = model.forecast(2, { confidence: 0.6826894921370859 });
  const variance = model.variance;
  const second = variance * (0.4 + 0.1) ** 2 * mean[0] ** 2;
  closeTo((upper[1] - mean[1]) ** 2, (1 + variance) * (mean[1] ** 2 + second) - mean[1] ** 2, 1e-7);
});

Deno.test("fitEts() simulates seasons longer than 24 steps, as wide as the variance says", () => {
  const period = 48;
  const values = Float64Array.from(
    { length: 6 * period },
    (_, t) => 100 + 20 * Math.sin(2 * Math.PI * t / period) + ((t * 7919) % 101) / 20,
  );
  const forecast = fitEts(values, { seasonal: "additive", period }).forecast(10);
  const paths = forecast.simulate({ paths: 4000, seed: 3 });
  const half = (forecast.upper[9] - forecast.mean[9]) / 1.959963984540054;
  const square = paths.reduce((sum, path) => sum + (path[9] - forecast.mean[9]) ** 2, 0) / paths.length;
  closeTo(Math.sqrt(square) / half, 1, 0.05);
});

Deno.test("fitEts() holds given weights of the taxonomy", () => {
  const { values } = goldenSeries("accidentalDeaths");
  const smoothing = { level: 0.5, trend: 0.1, seasonal: 0.3, damping: 0.9 };
  const model = fitEts(values, {
    trend: "additive",
    damped: true,
    seasonal: "additive",
    period: 12,
    smoothing,
  });
  Object.entries(smoothing).forEach(([name, weight]) =>
    closeTo(model.parameters[name as "level"], weight, 1e-15)
  );
  const partly = fitEts(values, {
    trend: "additive",
    seasonal: "additive",
    period: 12,
    smoothing: { seasonal: 0.3 },
  });
  equal(partly.parameters.seasonal, 0.3);
  ok(partly.parameters.level <= 0.7 && partly.parameters.trend <= partly.parameters.level);
});

Deno.test("fitEts() innovations are relative for relative errors, and missing where the value is", () => {
  const values = [10, 11, NaN, 12, 11.5, 12.5, 13, 12.8, 13.6];
  const model = fitEts(values, { error: "multiplicative" });
  values.forEach((value, t) => {
    if (Number.isNaN(value)) ok(Number.isNaN(model.residuals[t]) && model.fitted[t] === model.fitted[t + 1]);
    else closeTo(model.residuals[t], (value - model.fitted[t]) / model.fitted[t]);
  });
  const logs = model.fitted.reduce((sum, value, t) => t === 2 ? sum : sum + Math.log(value), 0);
  closeTo(model.logLikelihood, -4 * (Math.log(2 * Math.PI * model.sse / 8) + 1) - logs);
});

Deno.test("fitEts() refuses what it cannot fit", () => {
  const cases: readonly [ArrayLike<number>, unknown, string][] = [
    [[], {}, "RangeError"],
    [[1, 2], {}, "RangeError"],
    [[NaN, NaN, NaN], {}, "RangeError"],
    [[1, Infinity, 2, 3], {}, "RangeError"],
    [[1, 2, 3, 1e308], {}, "RangeError"],
    [[1, 2, 3, 4], { error: "mul" }, "RangeError"],
    [[1, 2, 3, 4], { trend: "add" }, "RangeError"],
    [[1, 2, 3, 4], { trend: "additive" }, "RangeError"],
    [[1, 2, -3, 4], { error: "multiplicative" }, "RangeError"],
    [[1, 2, 0, 4], { error: "multiplicative" }, "RangeError"],
    [[1, 2, 3, 4], { seasonal: "additive" }, "TypeError"],
    [[1, 2, 3, 4], { seasonal: "additive", period: 10_081 }, "RangeError"],
    [[1, 2, 3, 4], { season: "additive" }, "TypeError"],
    [["a", 2, 3, 4] as unknown as number[], {}, "TypeError"],
    [5 as unknown as number[], {}, "TypeError"],
  ];
  for (const [values, options, name] of cases) {
    throws(() => fitEts(values, options as EtsOptions), (error: Error) => {
      equal(error.name, name);
      ok(error.message.startsWith("Cannot fit ETS as "), error.message);
      return true;
    });
  }
});

Deno.test("fitEts() of a constant is the constant, with either error", () => {
  for (const error of ["additive", "multiplicative"] as const) {
    for (const seasonal of ["none", "additive", "multiplicative"] as const) {
      const model = fitEts(new Float64Array(16).fill(7), { error, seasonal, period: 4 });
      ok(Number.isFinite(model.logLikelihood) && model.sse < 1e-20);
      const { mean, lower, upper } = model.forecast(6);
      [...mean, ...lower, ...upper].forEach((value) => closeTo(value, 7, 1e-9));
    }
  }
});

const positive = fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: 30, maxLength: 50 })
  .map((steps) => {
    let level = 50;
    return Float64Array.from(steps, (step, t) => {
      level *= 0.9 + step / 10;
      return level * (1 + [0.1, -0.1, 0.2, -0.2][t % 4]);
    });
  });

Deno.test("fitEts() likelihoods of nested models are ordered, for either error", () => {
  fc.assert(
    fc.property(
      positive,
      fc.constantFrom<"additive" | "multiplicative">("additive", "multiplicative"),
      (values, error) => {
        const likelihood = (options: EtsOptions) => fitEts(values, { ...options, error }).logLikelihood;
        const season = error === "additive" ? "additive" : "multiplicative";
        const seasonal = { seasonal: season, period: 4 } as const;
        const simple = likelihood({});
        const anything = likelihood({ ...seasonal, trend: "additive" });
        ok(likelihood({ trend: "additive" }) >= simple - 1e-6);
        ok(likelihood(seasonal) >= simple - 1e-6);
        ok(anything >= likelihood(seasonal) - 1e-6 && anything >= likelihood({ trend: "additive" }) - 1e-6);
        ok(likelihood({ ...seasonal, trend: "additive", damped: true }) >= likelihood(seasonal) - 1e-6);
      },
    ),
    { numRuns: 30, seed: 30 },
  );
});

Deno.test("fitEts() with relative errors scales with the series", () => {
  fc.assert(
    fc.property(positive, (values) => {
      const options = {
        error: "multiplicative",
        trend: "additive",
        seasonal: "multiplicative",
        period: 4,
      } as const;
      const model = fitEts(values, options), other = fitEts(values.map((value) => value * 2 ** -60), options);
      deepStrictEqual(other.parameters, model.parameters);
      deepStrictEqual(other.forecast(6).lower.map((value) => value * 2 ** 60), model.forecast(6).lower);
    }),
    { numRuns: 20, seed: 31 },
  );
});

Deno.test("fitEts() scales with the series by any factor, for either error, to 1e-9", () => {
  const shapes = fc.constantFrom<EtsOptions>(
    { trend: "additive", damped: true },
    { trend: "additive", seasonal: "additive", period: 4 },
    { seasonal: "multiplicative", period: 4 },
    { trend: "additive", damped: true, seasonal: "multiplicative", period: 4 },
  );
  fc.assert(
    fc.property(positive, shapes, fc.constantFrom(1e-12, 0.7, 3, 1e12), (values, shape, scale) => {
      for (const error of ["additive", "multiplicative"] as const) {
        const model = fitEts(values, { ...shape, error });
        const other = fitEts(values.map((value) => value * scale), { ...shape, error });
        const mean = model.forecast(6).mean;
        other.forecast(6).mean.forEach((value, h) => closeTo(value / scale, mean[h], 1e-9));
        closeTo(other.logLikelihood, model.logLikelihood - values.length * Math.log(scale), 1e-9);
      }
    }),
    { numRuns: 60, seed: 32 },
  );
});
