import { deepStrictEqual, ok } from "node:assert/strict";
import {
  acf,
  adfTest,
  counterRate,
  errorBudget,
  findViolations,
  intervalCoverage,
  kpssTest,
  ljungBox,
  meanAbsoluteError,
  pacf,
  pinballLoss,
  regularize,
  rootMeanSquaredError,
  summarize,
  symmetricMape,
  winklerScore,
} from "@pronoia/analytics";
import fc from "fast-check";
import { lagProducts } from "../../analytics/spectrum/_lag_products.ts";
import { accumulate, longRunVariance } from "../../analytics/stationarity/_long_run_variance.ts";
import { allClose, close } from "./_close.ts";

const settings = { seed: 20, numRuns: 60 };

/** Whole numbers, so that adding 1.7e9 or 1e12 rounds nothing and every difference is the library's own. */
const whole = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 30, maxLength: 120 })
  .filter((values) => new Set(values).size > 5);
const gapped = fc.array(
  fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -50, max: 50 }) }, fc.constant(NaN)),
  {
    minLength: 10,
    maxLength: 80,
  },
).filter((values) => new Set(values.filter((value) => !Number.isNaN(value))).size > 2);
const moves = fc.constantFrom({ shift: 1.7e9, scale: 1 }, { shift: 1e12, scale: 1 }, {
  shift: 0,
  scale: 1e-12,
}, {
  shift: 1e6,
  scale: 1e12,
}, { shift: 0, scale: -3 });

const move = (values: readonly number[], { shift, scale }: { shift: number; scale: number }) =>
  values.map((value) => (value + shift) * scale);

function holds<Values extends [unknown, ...unknown[]]>(
  name: string,
  arbitraries: { [Index in keyof Values]: fc.Arbitrary<Values[Index]> },
  check: (...values: Values) => void,
): void {
  Deno.test(name, () => fc.assert(fc.property(...arbitraries, check), settings));
}

holds("acf() does not depend on offset, scale or direction", [whole, moves], (values, moved) => {
  const { values: expected, lower } = acf(values);
  const found = acf(move(values, moved));
  allClose(found.values, expected, "values", 1);
  allClose(found.lower, lower, "lower", 1);
  allClose(acf(values.toReversed()).values, expected, "reversed", 1);
});

holds("acf() and pacf() stay within [-1, 1] whatever is missing", [gapped], (values) => {
  ok(acf(values).values.every((value) => Math.abs(value) <= 1 + 1e-12));
  ok(pacf(values, { maxLag: values.length - 1 }).values.every((value) => Math.abs(value) <= 1 + 1e-12));
});

holds("pacf() does not depend on offset or scale", [whole, moves], (values, moved) => {
  allClose(pacf(move(values, moved)).values, pacf(values).values, "values", 1);
});

holds("ljungBox() grows with the lags and has probabilities", [gapped], (values) => {
  const { statistic, pValue } = ljungBox(values, { lags: values.length - 1 });
  statistic.forEach((value, k) => ok(value >= 0 && (k === 0 || value >= statistic[k - 1])));
  ok(pValue.every((value) => value >= 0 && value <= 1));
});

for (const regression of ["c", "ct", "ctt"] as const) {
  holds(`adfTest() ${regression} does not depend on offset or scale`, [whole, moves], (values, moved) => {
    const expected = adfTest(values, { regression });
    const found = adfTest(move(values, moved), { regression });
    close(found.statistic, expected.statistic, "statistic", 1, 1e-9);
    ok(found.usedLag === expected.usedLag);
  });
}

holds(
  "adfTest() ct does not depend on a line added",
  [whole, fc.integer({ min: -99, max: 99 })],
  (values, slope) => {
    const sloped = values.map((value, t) => value + slope * t);
    const { statistic } = adfTest(values, { regression: "ct" });
    close(adfTest(sloped, { regression: "ct" }).statistic, statistic, "statistic", 1, 1e-9);
  },
);

holds("kpssTest() does not depend on offset, scale or direction", [whole, moves], (values, moved) => {
  const { statistic } = kpssTest(values);
  close(kpssTest(move(values, moved)).statistic, statistic, "moved", 1, 1e-9);
  close(kpssTest(values.toReversed()).statistic, statistic, "reversed", 1, 1e-9);
});

holds("longRunVariance() equals the weighted sum of autocovariances", [whole, fc.nat(29)], (values, lags) => {
  const x = Float64Array.from(values);
  const products = lagProducts(x, lags);
  let expected = products[0];
  for (let lag = 1; lag <= lags; lag++) expected += 2 * (1 - lag / (lags + 1)) * products[lag];
  const sums = x.slice();
  accumulate(sums);
  close(
    longRunVariance(sums, lags),
    expected / x.length,
    "variance",
    products[0] / x.length,
    1e-12,
  );
});

holds("summarize() does not depend on the order, and its quantiles are ordered", [gapped], (values) => {
  const summary = summarize(values);
  const { min, median, p90, p95, p99, max, mean } = summary;
  deepStrictEqual(summarize(values.toSorted((a, b) => Math.sin(a) - Math.sin(b))), summary);
  ok(min <= median && median <= p90 && p90 <= p95 && p95 <= p99 && p99 <= max && min <= mean && mean <= max);
});

holds(
  "accuracy measures are symmetric and ordered",
  [whole, fc.integer({ min: 1, max: 99 })],
  (values, by) => {
    const predicted = values.map((value, t) => value + by * Math.sin(t));
    const mae = meanAbsoluteError(values, predicted);
    close(meanAbsoluteError(predicted, values), mae, "mean absolute error");
    close(symmetricMape(predicted, values), symmetricMape(values, predicted), "symmetric MAPE");
    close(pinballLoss(values, predicted, { quantile: 0.5 }), mae / 2, "pinball loss at the median");
    ok(rootMeanSquaredError(values, predicted) >= mae * (1 - 1e-12));
  },
);

holds("winklerScore() is at least the width, which is its value where all is covered", [whole], (values) => {
  const lower = values.map((value, t) => value - 1 - Math.sin(t));
  const upper = values.map((value, t) => value + 1 + Math.cos(t));
  ok(intervalCoverage(values, { lower, upper }) === 1);
  close(winklerScore(values, { lower, upper }), meanAbsoluteError(upper, lower), "score");
  const shifted = values.map((value) => value + 5);
  ok(winklerScore(shifted, { lower, upper }) > meanAbsoluteError(upper, lower));
});

holds("regularize() leaves a regular series alone, in whatever order it comes", [gapped], (values) => {
  const order = values.map((_, t) => t).toSorted((a, b) => Math.sin(a * a) - Math.sin(b * b));
  const samples = { timesMs: order.map((t) => t * 500), values: order.map((t) => values[t]) };
  const found = regularize(samples, { stepMs: 500, fromMs: 0, toMs: values.length * 500 });
  deepStrictEqual([...found.values], values);
});

holds("counterRate() adds up to the increase of a counter, whatever its resets", [whole], (steps) => {
  let counter = 0;
  let increase = 0;
  const values = steps.map((step, t) => {
    if (t % 17 === 16) counter = 0;
    counter += Math.abs(step);
    // The first value of all is where counting begins; a reset counts from 0.
    if (t > 0) increase += Math.abs(step);
    return counter;
  });
  // A reset shows only if the counter has fallen by it.
  fc.pre(values.every((value, t) => t % 17 !== 16 || value < values[t - 1]));
  const rates = counterRate({ timesMs: values.map((_, t) => t * 2000), values }).values;
  close(rates.slice(1).reduce((sum, rate) => sum + rate * 2, 0), increase, "increase");
});

holds(
  "findViolations() mirrors with the sign, and counts every value once",
  [gapped, fc.nat(30)],
  (values, max) => {
    const above = findViolations({ startMs: 7, stepMs: 5, values }, { max });
    const below = findViolations({ startMs: 7, stepMs: 5, values: values.map((value) => -value) }, {
      min: -max,
    });
    deepStrictEqual(
      below.intervals.map(({ fromMs, toMs, worst }) => [fromMs, toMs, -worst]),
      above.intervals.map(({ fromMs, toMs, worst }) => [fromMs, toMs, worst]),
    );
    ok(above.samples + above.missing === values.length);
    ok(above.violating === values.filter((value) => value > max).length);
    ok(above.violatedMs === above.intervals.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0));
  },
);

holds(
  "findViolations() finds no more when more is tolerated",
  [gapped, fc.nat(9), fc.nat(9)],
  (values, a, b) => {
    const violating = (steps: number) =>
      findViolations({ startMs: 0, stepMs: 1, values }, { max: 0, toleranceMs: steps }).violating;
    ok(violating(Math.max(a, b)) <= violating(Math.min(a, b)));
  },
);

holds(
  "errorBudget() burns what does not comply",
  [fc.integer({ min: 1, max: 9999 }), fc.nat(9999)],
  (samples, part) => {
    const violating = Math.min(part, samples);
    const { compliance, budget, burnRate } = errorBudget({ samples, violating, stepMs: 1 }, { target: 0.99 });
    close(1 - budget * burnRate!, compliance!, "compliance", 1, 1e-12);
  },
);
