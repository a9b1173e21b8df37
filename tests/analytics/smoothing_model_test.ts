import { deepStrictEqual, equal, notDeepStrictEqual, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { type EtsOptions, fitEts, fitHoltWinters, readEts, type SmoothingModel } from "@pronoia/analytics";
import { goldenSeries } from "./goldens/exponential_smoothing.ts";
import { closeTo } from "./_close.ts";

const tourists = goldenSeries("tourists").values;
const shapes: EtsOptions[] = [];
for (const error of ["additive", "multiplicative"] as const) {
  for (const trend of ["none", "additive", "multiplicative"] as const) {
    for (const damped of trend === "none" ? [false] : [false, true]) {
      for (const seasonal of ["none", "additive", "multiplicative"] as const) {
        shapes.push({ error, trend, damped, seasonal, period: 4 });
      }
    }
  }
}

/** Rewinds a model to before its first value, so that the filter can be run by hand. */
function rewind(model: SmoothingModel): SmoothingModel {
  const { kind, version, model: parts } = model.toJson();
  return readEts({ kind, version, model: { ...parts, state: parts.initial, phase: 0 } });
}

for (const shape of shapes) {
  const model = fitEts(tourists, shape);
  const { method } = model;

  Deno.test(`${method} update() by one, by chunks and at once ends where the fit did`, () => {
    const whole = rewind(model).update(tourists);
    const single = rewind(model), chunks = rewind(model);
    tourists.forEach((value) => single.update([value]));
    for (let t = 0; t < tourists.length; t += 7) chunks.update(tourists.slice(t, t + 7));
    const { mean } = model.forecast(9);
    for (const other of [whole, single, chunks]) {
      closeTo(other.state.level, model.state.level, 1e-12);
      closeTo(other.state.trend, model.state.trend, 1e-12);
      other.state.seasonal.forEach((value, j) => closeTo(value, model.state.seasonal[j], 1e-12));
      other.forecast(9).mean.forEach((value, h) => closeTo(value, mean[h], 1e-12));
    }
  });

  Deno.test(`${method} survives JSON bit by bit`, () => {
    const copy = readEts(JSON.stringify(model.toJson()));
    deepStrictEqual(copy.toJson(), model.toJson());
    const values = [60, NaN, 55, 70, 48];
    const before = copy.forecast(6);
    copy.update(values);
    const other = readEts(model.toJson()).update(values);
    const first = copy.forecast(9), second = other.forecast(9);
    deepStrictEqual(first.mean, second.mean);
    deepStrictEqual(first.lower, second.lower);
    deepStrictEqual(first.simulate({ paths: 3 }), second.simulate({ paths: 3 }));
    deepStrictEqual(before.explanation, model.forecast(1).explanation);
    for (
      const name of [
        "parameters",
        "initialState",
        "sse",
        "variance",
        "aic",
        "aicc",
        "bic",
        "method",
        "period",
      ] as const
    ) {
      deepStrictEqual(copy[name], model[name]);
    }
  });

  Deno.test(`${method} forecasts are finite, ordered, and widen with the confidence`, () => {
    const wide = model.forecast(24, { confidence: 0.99 }), narrow = model.forecast(24, { confidence: 0.8 });
    for (let h = 0; h < 24; h++) {
      ok(
        wide.lower[h] < narrow.lower[h] && narrow.lower[h] < narrow.upper[h] &&
          narrow.upper[h] < wide.upper[h],
      );
      ok(Number.isFinite(wide.lower[h] + wide.mean[h] + wide.upper[h]));
    }
    equal(wide.confidence, 0.99);
  });

  Deno.test(`${method} simulate() repeats itself, prefix by prefix, around the mean`, () => {
    const forecast = model.forecast(12);
    const paths = forecast.simulate({ paths: 2000, seed: 5 });
    deepStrictEqual(forecast.simulate({ paths: 10, seed: 5 }), paths.slice(0, 10));
    deepStrictEqual(model.forecast(5).simulate({ paths: 4, seed: 5 })[3], paths[3].slice(0, 5));
    notDeepStrictEqual(forecast.simulate({ paths: 1, seed: 6 })[0], paths[0]);
    for (const h of [0, 11]) {
      const mean = paths.reduce((sum, path) => sum + path[h], 0) / paths.length;
      const half = (forecast.upper[h] - forecast.lower[h]) / 4;
      // Five standard errors; factors add a little of their own to the mean.
      closeTo((mean - forecast.mean[h]) / half, 0, 0.12 + (h > 0 ? 0.1 : 0));
      const within = paths.filter((path) =>
        path[h] >= forecast.lower[h] && path[h] <= forecast.upper[h]
      ).length;
      closeTo(within / paths.length, 0.95, 0.035);
    }
  });
}

Deno.test("update() leaves forecasts that were handed out as they were", () => {
  const model = fitEts(tourists, { trend: "additive", seasonal: "additive", period: 4 });
  const forecast = model.forecast(4);
  const mean = forecast.mean.slice(), paths = forecast.simulate({ paths: 2 });
  equal(model.update([1000]), model);
  deepStrictEqual(forecast.mean, mean);
  deepStrictEqual(forecast.simulate({ paths: 2 }), paths);
  ok(model.forecast(1).mean[0] > 100);
});

Deno.test("update() with nothing or with missing values only carries the state on", () => {
  const model = fitEts(tourists, { trend: "additive", damped: true, seasonal: "additive", period: 4 });
  const { mean } = model.forecast(6);
  model.update([]);
  deepStrictEqual(model.forecast(6).mean, mean);
  model.update([NaN, NaN, NaN]);
  model.forecast(3).mean.forEach((value, h) => closeTo(value, mean[h + 3], 1e-12));
});

Deno.test("update() refuses values the model is not made for, and stays as it was", () => {
  const model = fitEts(tourists, { error: "multiplicative" });
  const before = model.toJson();
  throws(() => model.update([5, 0]), {
    name: "RangeError",
    message: "Cannot update the model as ETS(M,N,N) needs positive values: value at index 1 is 0",
  });
  throws(() => model.update([Infinity]), { name: "RangeError" });
  throws(() => model.update("5" as unknown as number[]), { name: "TypeError" });
  deepStrictEqual(model.toJson(), before);
});

Deno.test("forecast() and simulate() refuse what makes no sense", () => {
  const model = fitEts(tourists);
  for (const horizon of [0, -1, 1.5, NaN, Infinity, 2e6]) {
    throws(() => model.forecast(horizon), { name: "RangeError" });
  }
  for (const confidence of [0, 1, -1, 95, NaN]) {
    throws(() => model.forecast(1, { confidence }), { name: "RangeError" });
  }
  throws(() => model.forecast(1, { level: 0.9 } as { confidence?: number }), { name: "TypeError" });
  for (const paths of [0, 0.5, 2e6]) {
    throws(() => model.forecast(1).simulate({ paths }), { name: "RangeError" });
  }
  throws(() => model.forecast(1).simulate({ seed: 0.5 }), { name: "RangeError" });
  throws(() => model.forecast(1).simulate({ path: 5 } as { paths?: number }), { name: "TypeError" });
});

Deno.test("simulate() draws the residuals' own distribution, heavy tails included", () => {
  // Mostly still, with a jump of 20 every 25th step: no Gaussian of that variance looks like it.
  const values = Float64Array.from(
    { length: 500 },
    (_, t) => 100 + (t % 25 === 7 ? 20 : ((t * 7919) % 11) / 11),
  );
  const model = fitEts(values, { smoothing: { level: 0.01 } });
  const steps = model.forecast(1).simulate({ paths: 5000 }).map(([value]) => value);
  const jumps = steps.filter((value) => value > 110).length / steps.length;
  closeTo(jumps, 0.04, 0.01);
  const still = steps.filter((value) => value > 98 && value < 102).length / steps.length;
  ok(still > 0.9, `${still} of the paths are still`);
});

Deno.test("simulate() stays positive where errors and factors are relative", () => {
  const values = Float64Array.from({ length: 200 }, (_, t) => Math.exp(2 * Math.sin(t * t)) + 0.01);
  for (const trend of ["none", "additive", "multiplicative"] as const) {
    const model = fitEts(values, { error: "multiplicative", trend: trend === "additive" ? "none" : trend });
    const paths = model.forecast(50).simulate({ paths: 200 });
    ok(paths.every((path) => path.every((value) => value > 0 && Number.isFinite(value))));
  }
});

Deno.test("forecast() intervals widen with the horizon in linear models", () => {
  const walk = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 20, maxLength: 60 });
  const linear = fc.constantFrom<EtsOptions>(
    {},
    { trend: "additive" },
    { trend: "additive", damped: true },
    { seasonal: "additive", period: 5 },
    { trend: "additive", seasonal: "additive", period: 5 },
  );
  fc.assert(
    fc.property(walk, linear, (values, options) => {
      const { lower, upper } = fitEts(values, options).forecast(20);
      for (let h = 1; h < 20; h++) ok(upper[h] - lower[h] >= (upper[h - 1] - lower[h - 1]) * (1 - 1e-12));
    }),
    { numRuns: 60, seed: 40 },
  );
});

Deno.test("update() refuses what is infinite in the unit of the fit, and leaves the state", () => {
  const model = fitHoltWinters(Float64Array.from({ length: 30 }, (_, t) => 1e-300 * (5 + Math.sin(t * t))));
  const before = JSON.stringify(model.toJson());
  throws(() => model.update([1e-300, 1]), {
    name: "RangeError",
    message: /^Cannot update the model as no value may exceed .*: value at index 1 is 1$/,
  });
  equal(JSON.stringify(model.toJson()), before);
});

Deno.test("forecast() and simulate() refuse a horizon at which growth leaves the range of doubles", () => {
  const model = fitHoltWinters(Float64Array.from({ length: 30 }, (_, t) => 1.5 ** t), {
    trend: "multiplicative",
  });
  ok(model.forecast(100).mean.every(Number.isFinite));
  throws(() => model.forecast(10_000), {
    name: "RangeError",
    message: /as every step must be a finite number: step \d+ overflows$/,
  });
});
