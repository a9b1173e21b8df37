import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { chooseForecaster, readForecaster } from "@pronoia/analytics";
import { seasonal, series, sides } from "./_forecast_series.ts";
import { noise } from "./_series.ts";

Deno.test("chooseForecaster() finds the season it is told of", () => {
  const { mean } = chooseForecaster(seasonal, { periods: [24] }).forecast(24);
  mean.forEach((value, k) => ok(Math.abs(value - 100 - 20 * Math.sin(2 * Math.PI * (480 + k) / 24)) < 3));
});

Deno.test("chooseForecaster() finds the season it is not told of", () => {
  for (const options of [{}, { stepMs: 3_600_000 }]) {
    const { mean } = chooseForecaster(seasonal, options).forecast(24);
    mean.forEach((value, k) => ok(Math.abs(value - 100 - 20 * Math.sin(2 * Math.PI * (480 + k) / 24)) < 3));
  }
});

Deno.test("chooseForecaster() follows a level shift within a few values", () => {
  const values = noise(300, 8).map((error, t) => (t < 290 ? 50 : 90) + error);
  const { mean } = chooseForecaster(values, { periods: [] }).forecast(5);
  mean.forEach((value) => ok(Math.abs(value - 90) < 10, `${value}`));
});

for (const [name, { values, periods }] of Object.entries(series)) {
  for (const effort of ["quick", "full"] as const) {
    const title = `chooseForecaster() ${effort} on ${name}`;
    const forecaster = chooseForecaster(values, { periods, effort });

    Deno.test(`${title} is no worse than the naive methods on its own backtest`, () => {
      const { candidates, backtest } = forecaster.explanation;
      const chosen = candidates.find(({ rejected }) => rejected === undefined);
      strictEqual(chosen?.method, forecaster.method);
      if (backtest === null) return;
      const guards = candidates.filter(({ method }) =>
        periods.length > 0 ? /^seasonal naive \(\d+\)$/.test(method) : method === "naive"
      );
      ok(guards.length > 0);
      for (const { score } of guards) ok(chosen!.score! <= score!);
      ok(backtest.coverage >= 0.85 && backtest.coverage <= 1);
    });

    Deno.test(`${title} surrounds the mean by intervals that widen`, () => {
      const { mean, lower, upper } = forecaster.forecast(40);
      for (let k = 0; k < 40; k++) {
        ok(lower[k] <= mean[k] && mean[k] <= upper[k]);
        // A wall such as 0 may cut the interval off.
        if (k > 0 && lower[k] > 0) ok(upper[k] - lower[k] >= (upper[k - 1] - lower[k - 1]) * (1 - 1e-9));
      }
      const wide = forecaster.forecast(40, { confidence: 0.99 });
      wide.lower.forEach((value, k) => ok(value <= lower[k]));
      wide.upper.forEach((value, k) => ok(value >= upper[k]));
    });

    Deno.test(`${title} gives the same again`, () => {
      deepStrictEqual(sides(chooseForecaster(values, { periods, effort })), sides(forecaster));
    });

    Deno.test(`${title} goes through JSON and on, bit for bit`, () => {
      const original = chooseForecaster(values, { periods, effort });
      const copy = readForecaster(JSON.stringify(original.toJson()));
      deepStrictEqual(sides(copy), sides(original));
      deepStrictEqual(copy.explanation, original.explanation);
      deepStrictEqual(
        sides(copy.update([7, NaN, 12])),
        sides(original.update([7, NaN, 12])),
      );
      deepStrictEqual(copy.toJson(), original.toJson());
    });
  }
}

Deno.test("chooseForecaster() is indifferent to the unit", () => {
  const plain = chooseForecaster(seasonal, { periods: [24] }).forecast(12);
  for (const unit of [2 ** 40, 2 ** -40]) {
    const { mean, upper } = chooseForecaster(seasonal.map((value) => value * unit), { periods: [24] })
      .forecast(12);
    mean.forEach((value, k) => ok(Math.abs(value / unit - plain.mean[k]) < 1e-9 * plain.mean[k]));
    upper.forEach((value, k) => ok(Math.abs(value / unit - plain.upper[k]) < 1e-6 * plain.upper[k]));
  }
});

Deno.test("chooseForecaster() forecasts a constant series constant, and says so", () => {
  const forecaster = chooseForecaster(new Float64Array(100).fill(42), { periods: [] });
  const { mean, lower, upper, explanation } = forecaster.forecast(3);
  for (const side of [mean, lower, upper]) deepStrictEqual([...side], [42, 42, 42]);
  strictEqual(forecaster.method, "constant");
  ok(explanation.warnings[0].includes("equal"));
});

Deno.test("chooseForecaster() answers two observations with an interval that tells how little that is", () => {
  const { mean, upper, explanation } = chooseForecaster([10, 11]).forecast(1);
  // Between a level, which 11 were by chance, and a line.
  ok(mean[0] > 10.5 && mean[0] < 12, `${mean[0]}`);
  // One change of size 1 leaves one degree of freedom: as a walk its 97.5 % quantile were 12.706, as noise less.
  ok(upper[0] - 11 > 6 && upper[0] - 11 < 13, `${upper[0]}`);
  ok(explanation.warnings[0].includes("too few"));
});

for (const length of [3, 8, 15, 19]) {
  Deno.test(`chooseForecaster() carries a line of ${length} values on`, () => {
    const { mean, lower, upper } = chooseForecaster(Array.from({ length }, (_, t) => 1 + t)).forecast(10);
    for (let k = 0; k < 10; k++) {
      ok(Math.abs(mean[k] - (length + 1 + k)) < 0.01, `${mean[k]} at ${k}`);
      ok(lower[k] <= mean[k] && mean[k] <= upper[k]);
    }
  });
}

Deno.test("chooseForecaster() takes 15 values around a level for that, not for the last of them", () => {
  const { mean } = chooseForecaster([9, 11, 10, 9, 11, 10, 9, 11, 10, 9, 11, 10, 9, 11, 14]).forecast(10);
  ok(mean[9] > 9.5 && mean[9] < 12, `${mean[9]}`);
});

Deno.test("chooseForecaster() leaves out a period that does not fit twice, and says so", () => {
  const { explanation } = chooseForecaster(seasonal, { periods: [24, 400] });
  ok(explanation.warnings.some((warning) => warning.startsWith("The season of 400 steps is not used")));
});

Deno.test("chooseForecaster() stays finite on hostile series", () => {
  const hostile: Record<string, number[]> = {
    huge: Array.from({ length: 60 }, (_, t) => (t % 2 === 0 ? 1 : -1) * 1e308),
    subnormal: Array.from({ length: 60 }, (_, t) => (t % 3) * 5e-324),
    "one spike": Array.from({ length: 60 }, (_, t) => t === 30 ? 1e12 : 0),
    "spike at the end": Array.from({ length: 60 }, (_, t) => t === 59 ? 1e12 : 1),
    "two values": Array.from({ length: 60 }, (_, t) => t % 2),
    "level shift": Array.from({ length: 60 }, (_, t) => t < 40 ? 1 : 1e9),
    exponential: Array.from({ length: 60 }, (_, t) => 2 ** t),
    "mostly missing": Array.from({ length: 60 }, (_, t) => t % 7 === 0 ? t : NaN),
    "missing at the end": Array.from({ length: 60 }, (_, t) => t < 30 ? t % 5 : NaN),
    "missing at the start": Array.from({ length: 60 }, (_, t) => t < 30 ? NaN : t % 5),
    "unix time": Array.from({ length: 60 }, (_, t) => 1.7e9 + t),
  };
  for (const [name, values] of Object.entries(hostile)) {
    for (const periods of [[], [4], [4, 12]]) {
      const forecaster = chooseForecaster(values, { periods });
      for (const side of sides(forecaster)) ok(side.every(Number.isFinite), `${name}, ${periods}`);
      JSON.stringify(forecaster.toJson(), (_, value) => {
        ok(typeof value !== "number" || Number.isFinite(value), `${name}, ${periods}`);
        return value;
      });
      for (const side of sides(forecaster.update([0, NaN, -1e6, 1e6]))) ok(side.every(Number.isFinite), name);
    }
  }
});

Deno.test("chooseForecaster() throws on what it cannot work with", () => {
  for (const values of [[], [1], [NaN, NaN, 3], [1, 2, Infinity], [1, -Infinity]]) {
    throws(() => chooseForecaster(values), RangeError);
  }
  throws(() => chooseForecaster(seasonal, { confidence: 1 }), RangeError);
  throws(() => chooseForecaster(seasonal, { horizon: 0 }), RangeError);
  throws(() => chooseForecaster(seasonal, { periods: [2.5] }), RangeError);
  throws(() => chooseForecaster(seasonal, { stepMs: -1 }), RangeError);
  // @ts-expect-error a misspelt word
  throws(() => chooseForecaster(seasonal, { effort: "fast" }), RangeError);
  // @ts-expect-error a misspelt name
  throws(() => chooseForecaster(seasonal, { period: 24 }), TypeError);
  const forecaster = chooseForecaster(seasonal, { periods: [24] });
  for (const horizon of [0, -1, 1.5, NaN, Infinity]) throws(() => forecaster.forecast(horizon), RangeError);
  throws(() => forecaster.forecast(3, { confidence: 0 }), RangeError);
  throws(() => forecaster.update([1, Infinity]), RangeError);
});

const NOISE = Float64Array.from({ length: 3000 }, (_, t) => 10 + Math.sin(t ** 3));

for (const padding of [1, 100, 1_000, 8_000]) {
  Deno.test(`chooseForecaster() takes ${padding} missing values before the first as time when the series was not`, () => {
    const young = NOISE.subarray(0, 60);
    const padded = new Float64Array(padding + young.length).fill(NaN);
    padded.set(young, padding);
    const plain = chooseForecaster(young, { horizon: 10 }).forecast(40);
    const after = chooseForecaster(padded, { horizon: 10 }).forecast(40);
    deepStrictEqual([after.mean, after.lower, after.upper], [plain.mean, plain.lower, plain.upper]);
  });
}

for (const end of [1_500, 2_500, 2_900, 2_990]) {
  Deno.test(`chooseForecaster() learns nothing of its errors from a gap that ends at value ${end} of 3,000`, () => {
    const values = NOISE.slice();
    values.fill(NaN, 1_000, end);
    const { lower, upper } = chooseForecaster(values, { horizon: 60 }).forecast(60);
    // Four fifths of the noise lie within 0.95 of its mean.
    for (let k = 0; k < 60; k++) ok(upper[k] - lower[k] > 1.3, `step ${k}: ${lower[k]} … ${upper[k]}`);
  });
}
