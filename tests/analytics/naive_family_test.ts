import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { drift, type Forecast, naive, seasonalNaive, theta } from "@pronoia/analytics";
import fc from "fast-check";
import r from "./goldens/forecasting_r.json" with { type: "json" };

interface Golden {
  readonly mean: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

function agrees(forecast: Forecast, golden: Golden, tolerance: number): void {
  for (const side of ["mean", "lower", "upper"] as const) {
    strictEqual(forecast[side].length, golden[side].length);
    golden[side].forEach((value, k) => {
      ok(Math.abs(forecast[side][k] - value) <= tolerance * Math.abs(value), `${side}[${k}]`);
    });
  }
}

Deno.test("naive() agrees with R", () => agrees(naive(r.nile, { horizon: 12 }), r.naive, 1e-12));
Deno.test("drift() agrees with R", () => agrees(drift(r.nile, { horizon: 12 }), r.drift, 1e-12));
Deno.test("seasonalNaive() agrees with R", () => {
  agrees(seasonalNaive(r.airPassengers, { period: 12, horizon: 30 }), r.seasonalNaive, 1e-12);
});
// R stops its search for the smoothing constant early, so the two agree to what that leaves.
Deno.test("theta() agrees with R", () => agrees(theta(r.nile, { horizon: 12 }), r.theta, 1e-3));

Deno.test("naive() carries the newest observation over a gap, at the price of its steps", () => {
  const { mean, upper } = naive([0, 1, 0, 1, NaN], { horizon: 1 });
  deepStrictEqual([...mean], [1]);
  ok(Math.abs(upper[0] - 1 - 1.959963984540054 * Math.SQRT2) < 1e-12);
});

Deno.test("seasonalNaive() bridges a gap by the cycle before it", () => {
  const { mean } = seasonalNaive([1, 2, 3, 4, NaN, 6], { period: 3, horizon: 3 });
  deepStrictEqual([...mean], [4, 2, 6]);
});

Deno.test("seasonalNaive() gives a phase that was never observed the newest value", () => {
  const { mean } = seasonalNaive([NaN, 2, NaN, 5], { period: 2, horizon: 2 });
  deepStrictEqual([...mean], [5, 5]);
});

Deno.test("theta() takes the season off and puts it back", () => {
  const season = [10, -5, -10, 5];
  const values = Float64Array.from({ length: 60 }, (_, t) => season[t % 4] + 0.1 * Math.sin(t * t));
  const { mean, method } = theta(values, { period: 4, horizon: 4 });
  strictEqual(method, "theta (4)");
  mean.forEach((value, k) => ok(Math.abs(value - season[k]) < 0.2));
});

Deno.test("theta() of a constant series is constant", () => {
  const { mean, lower, upper } = theta([7, 7, 7, 7, NaN, 7], { horizon: 2, period: 2 });
  for (const side of [mean, lower, upper]) deepStrictEqual([...side], [7, 7]);
});

const methods: Record<string, (values: number[], horizon?: number) => Forecast> = {
  naive: (values, horizon) => naive(values, { horizon }),
  drift: (values, horizon) => drift(values, { horizon }),
  seasonalNaive: (values, horizon) => seasonalNaive(values, { period: 2, horizon }),
  theta: (values, horizon) => theta(values, { horizon }),
};
for (const [name, method] of Object.entries(methods)) {
  for (const values of [[], [1], [NaN, NaN], [1, Infinity, 2, 3], [1, -Infinity, 2, 3]]) {
    Deno.test(`${name}() throws on [${values}]`, () => throws(() => method(values), RangeError));
  }
  for (const horizon of [0, -1, 1.5, NaN, Infinity]) {
    Deno.test(`${name}() throws on a horizon of ${horizon}`, () => {
      throws(() => method([1, 2, 3, 5, 8, 9], horizon), RangeError);
    });
  }
  Deno.test(`${name}() is finite on huge, tiny and constant series`, () => {
    for (const values of [[5, 5, 5, 5, 5], [1e150, -1e150, 1e150, 2e149, 1], [5e-324, 0, 5e-324, 0, 0]]) {
      const { mean, lower, upper, simulate } = method(values, 3);
      for (const side of [mean, lower, upper, ...simulate({ paths: 3 })]) ok(side.every(Number.isFinite));
    }
  });
  Deno.test(`${name}() intervals surround the mean and widen`, () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 6, maxLength: 60 }),
        (values) => {
          const { mean, lower, upper } = method(values, 12);
          for (let k = 0; k < 12; k++) {
            ok(lower[k] <= mean[k] && mean[k] <= upper[k]);
            if (k > 0) ok(upper[k] - lower[k] >= (upper[k - 1] - lower[k - 1]) * (1 - 1e-12));
          }
        },
      ),
      { seed: 4, numRuns: 100 },
    );
  });
  Deno.test(`${name}() paths spread as its intervals do, and are the same for the same seed`, () => {
    // A sum of two incommensurate waves: bounded, so a little more than 95 % falls inside.
    const values = Array.from({ length: 300 }, (_, t) => Math.sin(t * t) + Math.cos(3 * t * t));
    const { lower, upper, simulate } = method(values, 6);
    const paths = simulate({ paths: 4000, seed: 9 });
    for (let k = 0; k < 6; k++) {
      const inside = paths.filter((path) => path[k] >= lower[k] && path[k] <= upper[k]).length / 4000;
      ok(inside > 0.92 && inside < 0.99, `step ${k}: ${inside}`);
    }
    deepStrictEqual(simulate({ paths: 3, seed: 9 }), paths.slice(0, 3));
  });
}

Deno.test("seasonalNaive() throws on a period longer than the series", () => {
  throws(() => seasonalNaive([1, 2, 3], { period: 4 }), {
    name: "RangeError",
    message: 'Cannot forecast seasonally naively as "period" must be an integer between 1 and 3: found 4',
  });
});

Deno.test("naive(), seasonalNaive() and drift() can be called alike", () => {
  const values = [1, 2, 3, 4, 5, 6];
  const lengths = [naive, seasonalNaive, drift].map((method) =>
    method(values, { horizon: 3, period: 2 }).mean.length
  );
  deepStrictEqual(lengths, [3, 3, 3]);
});

const yardsticks = { naive, seasonalNaive, drift, theta };
const wave = Float64Array.from(
  { length: 48 },
  (_, t) => 20 + 5 * Math.sin(t * Math.PI / 6) + (t * 7 % 5) / 5,
);

for (const [name, yardstick] of Object.entries(yardsticks)) {
  Deno.test(`${name}() refuses values whose squares overflow`, () => {
    throws(() => yardstick(wave.map((value) => 1e300 * value), { period: 12 }), {
      name: "RangeError",
      message: /^Cannot forecast .* as no value may exceed 1e\+150: found /,
    });
  });

  Deno.test(`${name}() refuses a wrong period and what is no series`, () => {
    for (const period of ["12", 0, 1.5, -1, NaN, null]) {
      throws(() => yardstick(wave, { period: period as number }), /"period" must be/);
    }
    throws(() => yardstick(null as unknown as number[], { period: 12 }), {
      name: "TypeError",
      message: /array-like/,
    });
    throws(() => yardstick({ length: -1 }, { period: 12 }), { name: "TypeError", message: /array-like/ });
  });

  Deno.test(`${name}() scales with the series to 1e-9`, () => {
    const { upper } = yardstick(wave, { period: 12 });
    for (const scale of [1e-12, 1e12, 3]) {
      const scaled = yardstick(wave.map((value) => scale * value), { period: 12 }).upper;
      upper.forEach((value, k) => ok(Math.abs(scaled[k] / scale - value) < 1e-9 * value, `step ${k}`));
    }
  });
}
