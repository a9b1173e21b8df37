import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { findPeriods, type FindPeriodsOptions } from "@pronoia/analytics";
import fc from "fast-check";
import { type Refusal, testRefusals } from "./_refusals.ts";
import { congruence } from "./_series.ts";

/** A seeded source of normal values, by Box and Muller's method. */
function normals(seed: number): () => number {
  const next = congruence(seed);
  const uniform = () => (next() + 0.5) / 2 ** 32;
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

function series(length: number, at: (t: number) => number): Float64Array {
  return Float64Array.from({ length }, (_, t) => at(t));
}

const wave = (t: number, period: number) => Math.sin(2 * Math.PI * t / period);

/** Periods found, shortest first. */
function found(values: ArrayLike<number>, options?: FindPeriodsOptions): number[] {
  return findPeriods(values, options).periods.map(({ period }) => period).sort((a, b) => a - b);
}

Deno.test("findPeriods() finds an hour in a day of minutes, exactly", () => {
  const { periods } = findPeriods(series(1440, (t) => wave(t, 60)), { stepMs: 60_000 });
  strictEqual(periods.length, 1);
  const [{ period, acf, pValue, strength }] = periods;
  strictEqual(period * 60_000, 3_600_000);
  ok(acf > 0.95 && pValue < 1e-10 && strength > 0.99);
  deepStrictEqual(found(series(1440, (t) => wave(t, 60))), [60]);
});

const noise = normals(1);
const walk = (step: number) => {
  let level = 0;
  return () => level += step * noise();
};
const drifting = walk(0.05);
const SEASONAL: readonly [string, Float64Array, number[], FindPeriodsOptions?][] = [
  ["an hour in noise", series(1440, (t) => wave(t, 60) + noise()), [60]],
  ["an hour and a day", series(10_080, (t) => 3 * wave(t, 1440) + wave(t, 60) + noise()), [60, 1440], {
    stepMs: 60_000,
  }],
  ["a day and a week", series(700, (t) => 3 * wave(t, 24) + (t % 168 > 120 ? -4 : 0) + noise()), [24, 168]],
  ["a batch job each 15 minutes", series(1440, (t) => t % 15 === 0 ? 10 : 0), [15]],
  ["a batch job in noise", series(1440, (t) => (t % 15 === 0 ? 10 : 0) + noise()), [15]],
  ["a square wave", series(1440, (t) => (t % 15 < 4 ? 3 : 0) + noise()), [15]],
  ["a saw", series(960, (t) => t % 48), [48]],
  ["an alternation", series(200, (t) => t % 2), [2]],
  ["a cycle of three", series(200, (t) => t % 3), [3]],
  ["one short peak a day", series(2016, (t) => (t % 288 === 100 ? 25 : 0) + noise()), [288]],
  ["a square day", series(2016, (t) => (t % 288 < 100 ? 3 : 0) + noise()), [288]],
  ["a smooth day", series(2016, (t) => 5 * wave(t, 288) + noise()), [288], { stepMs: 300_000 }],
  ["a week of minutes", series(10_080, (t) => 5 * wave(t, 1440) + 2 * wave(t, 720) + noise()), [1440], {
    stepMs: 60_000,
  }],
  [
    "weeks of minutes",
    series(30_240, (t) => (t % 10_080 > 7200 ? -5 : 0) + 3 * wave(t, 1440) + noise()),
    [1440, 10_080],
    { stepMs: 60_000 },
  ],
  ["a day on a trend", series(500, (t) => t + 5 * wave(t, 24) + noise()), [24]],
  ["a day over a level shift", series(500, (t) => (t > 200 ? 50 : 0) + 5 * wave(t, 24) + noise()), [24]],
  ["a day on a random walk", series(700, (t) => 5 * wave(t, 24) + 10 * drifting() + noise()), [24]],
  [
    "a day with gaps",
    series(500, (t) => t % 7 === 0 || (t > 200 && t < 260) ? NaN : 5 * wave(t, 24) + noise()),
    [24],
  ],
  ["two days of minutes", series(2880, (t) => 5 * wave(t, 1440) + noise()), [1440], { stepMs: 60_000 }],
  ["a period between 24 and 25", series(1000, (t) => 5 * wave(t, 24.4) + noise()), [24]],
  ["a day and its harmonic", series(700, (t) => 3 * wave(t, 24) + 2.7 * wave(t + 2, 12) + noise()), [24]],
  ["an hour, a little off", series(1440, (t) => wave(t, 59.8) + 0.3 * noise()), [60], { stepMs: 60_000 }],
];
for (const [what, values, expected, options] of SEASONAL) {
  Deno.test(`findPeriods() finds ${what}`, () => {
    const { periods } = findPeriods(values, options);
    deepStrictEqual(periods.map(({ period }) => period).sort((a, b) => a - b), expected);
    for (const { power, acf, pValue, strength } of periods) {
      ok(power > 0 && Number.isFinite(power) && acf <= 1 && acf >= -1);
      ok(pValue >= 0 && pValue <= 0.01 && strength > 0 && strength <= 1);
    }
    periods.slice(1).forEach(({ strength }, k) => ok(strength <= periods[k].strength));
  });
}

const PLAIN: readonly [string, ArrayLike<number>][] = [
  ["nothing", []],
  ["one value", [1]],
  ["a few values", [1, 2, 1, 2, 1]],
  ["only gaps", new Array(50).fill(NaN)],
  ["a constant", new Array(100).fill(7)],
  ["a huge constant", new Array(100).fill(1e308)],
  ["a ramp", series(500, (t) => t)],
  ["a ramp in noise", series(500, (t) => t + noise())],
  ["a parabola", series(500, (t) => t * t)],
  ["growth", series(500, (t) => Math.exp(t / 50))],
  ["a step", series(500, (t) => t > 200 ? 50 : 0)],
  ["a step in noise", series(500, (t) => (t > 200 ? 50 : 0) + noise())],
  ["one spike", series(500, (t) => t === 77 ? 5 : 0)],
  ["two spikes", series(500, (t) => t === 77 || t === 300 ? 5 : 0)],
  ["two spikes in noise", series(500, (t) => (t === 77 || t === 200 ? 50 : 0) + noise())],
  ["a day seen once", series(1440, (t) => 5 * wave(t, 1440) + noise())],
  ["a cycle seen one and a half times", series(1440, (t) => 5 * wave(t, 960) + noise())],
];
for (const [what, values] of PLAIN) {
  Deno.test(`findPeriods() finds none in ${what}`, () =>
    deepStrictEqual(findPeriods(values), { periods: [] }));
}

const NULLS: readonly [string, (noise: () => number) => (t: number) => number][] = [
  ["white noise", (noise) => () => noise()],
  ["random walks", (noise) => {
    let level = 0;
    return () => level += noise();
  }],
  ["autoregressions of 0.9", (noise) => {
    let level = 0;
    return () => level = 0.9 * level + noise();
  }],
  ["autoregressions of 0.99", (noise) => {
    let level = 0;
    return () => level = 0.99 * level + noise();
  }],
];
for (const [what, start] of NULLS) {
  Deno.test(`findPeriods() has at most the stated rate of false alarms on ${what}`, () => {
    const noise = normals(20_260_104);
    const runs = 500;
    let alarms = 0;
    for (let run = 0; run < runs; run++) {
      if (found(series(300, start(noise)), { significance: 0.05 }).length > 0) alarms++;
    }
    // 25 are expected at most; the bound is three standard deviations above.
    ok(alarms <= 25 + 3 * Math.sqrt(25), `${alarms} of ${runs}`);
  });
}

Deno.test("findPeriods() looks between the bounds only", () => {
  const values = series(960, (t) => 3 * wave(t, 25) + 3 * wave(t, 120) + noise());
  const stepMs = 60_000;
  deepStrictEqual(found(values, { stepMs }), [25, 120]);
  deepStrictEqual(found(values, { stepMs, maxPeriod: 50 }), [25]);
  deepStrictEqual(found(values, { stepMs, minPeriod: 50 }).includes(25), false);
  deepStrictEqual(found(values, { stepMs, maxPeriod: 1e6 }), [25, 120]);
});

Deno.test("findPeriods() does not mind level, unit, sign or where the series starts", () => {
  const base = series(600, (t) => 4 * wave(t, 30) + (t % 30 === 3 ? 6 : 0) + noise());
  const expected = findPeriods(base.subarray(0, 560)).periods.map(({ period }) => period);
  deepStrictEqual(expected, [30]);
  fc.assert(
    fc.property(
      fc.constantFrom(0, 1.7e9, -1e12, 1e6),
      fc.constantFrom(1, -1, 1e-9, 1e9),
      fc.integer({ min: 0, max: 40 }),
      (shift, scale, start) => {
        const values = base.subarray(start, start + 560).map((value) => shift + value * scale);
        if (Math.abs(shift) * 1e-16 > 1e-3 * Math.abs(scale)) return;
        deepStrictEqual(found(values), expected);
      },
    ),
    { seed: 20_260_105, numRuns: 60 },
  );
});

Deno.test("findPeriods() stays finite at the ends of the number range", () => {
  for (const size of [1e308, 1e-308, 1e200, 1e-200]) {
    const { periods } = findPeriods(series(120, (t) => t % 4 === 0 ? size : 0));
    deepStrictEqual(periods.map(({ period }) => period), [4]);
    ok(periods.every(({ acf, strength }) => Number.isFinite(acf) && Number.isFinite(strength)));
  }
});

Deno.test("findPeriods() names a period only where the series is like itself one period on", () => {
  let named = 0;
  for (let seed = 0; seed < 300; seed++) {
    const length = 20 + seed % 3 * 40;
    const normal = normals(seed);
    const values = Array.from({ length }, normal).map((value) =>
      seed % 2 === 0 ? value : Math.max(0, Math.round(value))
    );
    for (const { acf, strength } of findPeriods(values, { stepMs: 15_000 }).periods) {
      named++;
      ok(acf > 2 / Math.sqrt(length) && strength >= 0.02, `seed ${seed}: ${acf}, ${strength}`);
    }
  }
  ok(named < 9, `${named} periods in noise`);
});

const REFUSALS: readonly Refusal[] = [
  ["Infinity", [1, 2, Infinity, 4], {}, "RangeError", "value at index 2 is Infinity"],
  ["no array", 5 as unknown as number[], {}, "TypeError", "the values must be array-like"],
  [
    "a period of 1",
    [1, 2, 3],
    { minPeriod: 1 },
    "RangeError",
    '"minPeriod" must be an integer of at least 2',
  ],
  [
    "bounds the wrong way round",
    [1, 2, 3],
    { minPeriod: 9, maxPeriod: 8 },
    "RangeError",
    '"maxPeriod" must be',
  ],
  [
    "a significance of 0",
    [1, 2, 3],
    { significance: 0 },
    "RangeError",
    '"significance" must be between 0 and 1',
  ],
  ["a step of 0", [1, 2, 3], { stepMs: 0 }, "RangeError", '"stepMs" must be positive: found 0'],
  ["a misspelt option", [1, 2, 3], { step: 5 }, "TypeError", 'found "step"'],
];
testRefusals(findPeriods, { cannot: "find periods", of: REFUSALS });

Deno.test("findPeriods() names no period twice, so that they can be decomposed by", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 60, max: 700 }),
      fc.double({ min: -0.99, max: 0.99, noNaN: true }),
      fc.double({ min: 2, max: 120, noNaN: true }),
      fc.constantFrom(0, 1, 5),
      (seed, length, memory, period, height) => {
        const normal = normals(seed);
        let level = 0;
        const values = series(length, (t) => {
          level = memory * level + normal();
          return level + height * (t / period % 1);
        });
        const { periods } = findPeriods(values, { significance: 0.2 });
        strictEqual(new Set(periods.map((one) => one.period)).size, periods.length);
      },
    ),
    { seed: 1, numRuns: 400 },
  );
});
