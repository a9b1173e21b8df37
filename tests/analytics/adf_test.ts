import { ok, strictEqual, throws } from "node:assert/strict";
import { adfTest } from "@pronoia/analytics";
import { Matrix, QrDecomposition, SVD } from "ml-matrix";
import { allClose, close } from "./_close.ts";
import { goldenSeries, shiftedWalkGoldens, statisticsGoldens } from "./goldens/statistics.ts";

Deno.test("adfTest() without lags as worked by hand", () => {
  // x 1 2 4 3 5, Δ 1 2 -1 2; slope of Δ on the level: levels 1 2 4 3, mean 2.5, Sxx 5, Sxy -3.
  // ρ = -0.6; residuals Δ - 1 - ρ (level - 2.5): -0.9 0.7 -1.1 1.3, squares 4.2, variance 2.1; t = -0.6 / √(2.1 / 5).
  const { statistic, usedLag, observations, informationCriterion } = adfTest([1, 2, 4, 3, 5], {
    maxLag: 0,
    lagSelection: "fixed",
  });
  ok(Math.abs(statistic + 0.6 / Math.sqrt(0.42)) < 1e-12);
  strictEqual(usedLag, 0);
  strictEqual(observations, 4);
  strictEqual(informationCriterion, null);
});

Deno.test("adfTest() throws on a series that leaves no error", () => {
  const sine = Array.from({ length: 100 }, (_, t) => Math.sin(t / 5));
  throws(() => adfTest(sine), {
    name: "RangeError",
    message: "Cannot test for a unit root as the values must not follow from their own past without error: " +
      "no error is left at lag 1",
  });
  const line = Array.from({ length: 100 }, (_, t) => 0.1 * t);
  throws(() => adfTest(line, { regression: "ct" }), {
    message: "Cannot test for a unit root as the values must vary around their trend: they lie on it",
  });
});

Deno.test("adfTest() does not depend on offset or scale, where statsmodels drops the constant", () => {
  let level = 0;
  const walk = Array.from({ length: 3000 }, (_, t) => level += Math.sin(t * t));
  for (const regression of ["c", "ct", "ctt"] as const) {
    const { statistic } = adfTest(walk, { regression });
    for (const offset of [1.7e9, 1e10]) {
      const shifted = walk.map((value) => Math.round(value * 4096) / 4096 + offset);
      const rounded = walk.map((value) => Math.round(value * 4096) / 4096);
      const expected = adfTest(rounded, { regression }).statistic;
      ok(Math.abs(adfTest(shifted, { regression }).statistic / expected - 1) < 1e-9);
    }
    for (const scale of [1e-12, 1e12]) {
      const scaled = adfTest(walk.map((value) => value * scale), { regression }).statistic;
      ok(Math.abs(scaled / statistic - 1) < 1e-9);
    }
  }
});

for (const golden of statisticsGoldens) {
  for (const expected of golden.adf ?? []) {
    const { regression, lagSelection } = expected;
    Deno.test(`adfTest() agrees with statsmodels on "${golden.name}", ${regression}, ${lagSelection}`, () => {
      const found = adfTest(golden.values, { regression, lagSelection });
      strictEqual(found.usedLag, expected.usedLag);
      strictEqual(found.observations, expected.observations);
      close(found.statistic, expected.statistic, "statistic");
      close(found.pValue, expected.pValue, "pValue", 1e-12, 1e-7);
      const { onePercent, fivePercent, tenPercent } = found.criticalValues;
      allClose([onePercent, fivePercent, tenPercent], expected.criticalValues, "criticalValues");
      strictEqual(found.informationCriterion === null, expected.informationCriterion === null);
      close(found.informationCriterion ?? 0, expected.informationCriterion ?? 0, "informationCriterion");
    });
  }
}

Deno.test("adfTest() has the published values for the real GDP and the inflation of the United States", () => {
  // Stata's, as held in the tests of statsmodels: statistic and p-value to the digits given there.
  const published = [
    ["realgdp", "c", 4, 0.97505319, 0.99399563],
    ["realgdp", "ct", 4, -1.8566374, 0.67682968],
    ["realgdp", "n", 4, 3.5227498, null],
    ["infl", "c", 1, -4.3346988, 0.00038661],
    ["infl", "ct", 1, -4.425093, 0.00199633],
    ["infl", "n", 1, -2.4511596, 0.013747],
  ] as const;
  for (const [name, regression, maxLag, statistic, pValue] of published) {
    const found = adfTest(goldenSeries(name), { regression, maxLag, lagSelection: "fixed" });
    ok(Math.abs(found.statistic - statistic) < 1e-5, `${name} ${regression}: ${found.statistic}`);
    if (pValue !== null) ok(Math.abs(found.pValue - pValue) < 1e-6, `${name} ${regression}: ${found.pValue}`);
  }
});

Deno.test("adfTest() keeps the constant far from 0, where statsmodels drops it", () => {
  const walk = goldenSeries("walk");
  for (const golden of shiftedWalkGoldens) {
    const { offset, regression } = golden;
    const atZero = adfTest(walk, { regression }).statistic;
    const found = adfTest(walk.map((value) => value + offset), { regression }).statistic;
    ok(Math.abs(found / atZero - 1) < 1e-9, `${regression} at ${offset}: ${found}, at 0: ${atZero}`);
    const theirs = Math.abs(golden.statistic / atZero - 1);
    ok(offset === 0 ? theirs < 1e-9 : theirs > 0.01, "statsmodels agrees at 0 only");
  }
});

Deno.test("adfTest() is the t-ratio of an ordinary regression, worked out by the decompositions of ml-matrix", () => {
  const values = goldenSeries("sunspots");
  for (const [regression, powers] of [["n", 0], ["c", 1], ["ct", 2], ["ctt", 3]] as const) {
    const { statistic, usedLag, observations } = adfTest(values, { regression });
    const row = (t: number): number[] => [
      values[t - 1],
      ...Array.from({ length: usedLag }, (_, i) => values[t - 1 - i] - values[t - 2 - i]),
      ...Array.from({ length: powers }, (_, p) => (t / values.length) ** p),
    ];
    const times = Array.from({ length: observations }, (_, i) => usedLag + 1 + i);
    const design = new Matrix(times.map(row));
    const response = Matrix.columnVector(times.map((t) => values[t] - values[t - 1]));
    const coefficients = new QrDecomposition(design).solve(response);
    const errors = Matrix.sub(response, design.mmul(coefficients));
    const variance = errors.dot(errors) / (observations - design.columns);
    const inverse = new SVD(design.transpose().mmul(design)).inverse();
    close(statistic, coefficients.get(0, 0) / Math.sqrt(variance * inverse.get(0, 0)), regression);
  }
});
