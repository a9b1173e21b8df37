import { deepStrictEqual, equal, ok, throws } from "node:assert/strict";
import { autoEts, type AutoEtsOptions, fitEts } from "@pronoia/analytics";
import { goldenSeries, r } from "./goldens/exponential_smoothing.ts";

/** R's choice is the least criterion among the models both consider. */
const leastOfR = (series: string) =>
  Math.min(
    ...r.fits.filter((fit) => fit.series === series && fit.model[1] !== "M" && !/A.M/.test(fit.model))
      .map(({ aicc }) => aicc),
  );

for (
  const series of [
    "airPassengers",
    "accidentalDeaths",
    "tourists",
    "nile",
    "oil",
    "airTransport",
    "livestock",
    "co2",
  ]
) {
  Deno.test(`autoEts() of ${series} chooses no worse than R by AICc`, () => {
    const { values, period } = goldenSeries(series);
    const model = autoEts(values, { period });
    ok(model.aicc <= leastOfR(series) + 2e-4, `${model.method} ${model.aicc} instead of ${leastOfR(series)}`);
  });
}

for (const criterion of ["aic", "aicc", "bic"] as const) {
  Deno.test(`autoEts() scores the chosen and the others alike by ${criterion}, also in its explanation`, () => {
    const { values, period } = goldenSeries("tourists");
    const model = autoEts(values, { period, criterion });
    const { candidates } = model.forecast(1).explanation;
    const scores = candidates.map(({ score }) => score);
    deepStrictEqual(scores, model.candidates.map(({ score }) => score));
    deepStrictEqual([scores[0], Math.min(...scores.map(Number))], [model[criterion], model[criterion]]);
  });
}

Deno.test("autoEts() gives every candidate with its score and the reason it lost", () => {
  const { values, period } = goldenSeries("tourists");
  const { candidates, method, aicc, forecast: _, ...rest } = autoEts(values, { period });
  void rest;
  equal(candidates.length, 15);
  equal(new Set(candidates.map((candidate) => candidate.method)).size, 15);
  const [best, ...others] = candidates;
  deepStrictEqual([best.method, best.score, best.rejected], [method, aicc, undefined]);
  for (const { score, rejected } of others) {
    ok(score! >= aicc && /^its aicc is [\d.e+-]+ higher$/.test(rejected!));
  }
  const scores = candidates.map(({ score }) => score!);
  deepStrictEqual(scores, scores.toSorted((first, second) => first - second));
});

Deno.test("autoEts() carries the table into its forecasts and through JSON", () => {
  const { values, period } = goldenSeries("tourists");
  const model = autoEts(values, { period });
  deepStrictEqual(
    model.forecast(2).explanation.candidates.map(({ method }) => method),
    model.candidates.map(({ method }) => method),
  );
});

Deno.test("autoEts() chooses the model that fitEts() fits", () => {
  const { values } = goldenSeries("nile");
  const model = autoEts(values);
  ok(["ETS(A,N,N)", "ETS(M,N,N)"].includes(model.method));
  equal(
    model.aicc,
    fitEts(values, { error: model.method === "ETS(A,N,N)" ? "additive" : "multiplicative" }).aicc,
  );
});

Deno.test("autoEts() says what it left out and why", () => {
  const values = Float64Array.from({ length: 20 }, (_, t) => Math.sin(t * t) * 5);
  const { candidates } = autoEts(values, { period: 12 });
  equal(candidates.find(({ method }) => method === "ETS(M,N,N)")?.rejected, "it needs positive values");
  equal(candidates.find(({ method }) => method === "ETS(A,N,A)")?.rejected, "it needs two whole periods");
  const short = autoEts([3, 5, 4, 6, 5, 7], { period: 3 });
  equal(
    short.candidates.find(({ method }) => method === "ETS(A,Ad,A)")?.rejected,
    "it needs more than 8 observations",
  );
});

Deno.test("autoEts() compares by the criterion asked for", () => {
  const { values, period } = goldenSeries("accidentalDeaths");
  for (const criterion of ["aic", "aicc", "bic"] as const) {
    const model = autoEts(values, { period, criterion });
    equal(model.candidates[0].score, model[criterion]);
    ok(model.candidates.every(({ score }) => score === null || score >= model[criterion]));
  }
});

Deno.test("autoEts() of hostile series is a model or a clear refusal", () => {
  const fine: readonly ArrayLike<number>[] = [
    [1, 2, 3],
    [5, 5, 5, 5, 5, 5],
    [0, 0, 0, 0, 0, 0, 0, 0, 0],
    [NaN, 1, NaN, 2, 3, NaN, 4],
    Float64Array.from({ length: 50 }, (_, t) => t),
    Float64Array.from({ length: 50 }, (_, t) => t % 2),
    Float64Array.from({ length: 50 }, (_, t) => t < 25 ? 0 : 1e6),
    Float64Array.from({ length: 50 }, (_, t) => t === 20 ? 1e100 : 1),
    Float64Array.from({ length: 50 }, (_, t) => 1e12 + t % 7),
    Float64Array.from({ length: 50 }, (_, t) => 5e-324 * (t % 7)),
    Float64Array.from({ length: 50 }, (_, t) => 1e-300 * (1 + t % 7)),
  ];
  for (const values of fine) {
    for (const period of [1, 7]) {
      const model = autoEts(values, { period });
      const { mean, lower, upper } = model.forecast(5);
      ok(
        [...mean, ...lower, ...upper].every(Number.isFinite),
        `${model.method} of ${Array.from(values).slice(0, 5)}`,
      );
      ok(!JSON.stringify(model.toJson()).includes('"origin":null'));
    }
  }
  const refused: readonly [ArrayLike<number>, unknown, string][] = [
    [[], {}, "RangeError"],
    [[1, 2], {}, "RangeError"],
    [[NaN, NaN, NaN, NaN], {}, "RangeError"],
    [[1, 2, Infinity, 4], {}, "RangeError"],
    [[1, 2, 1e308, 4], {}, "RangeError"],
    [[1, 2, 3, 4], { period: 0 }, "RangeError"],
    [[1, 2, 3, 4], { period: 2.5 }, "RangeError"],
    [[1, 2, 3, 4], { period: 20_000 }, "RangeError"],
    [[1, 2, 3, 4], { criterion: "aci" }, "RangeError"],
    [[1, 2, 3, 4], { periods: 2 }, "TypeError"],
  ];
  for (const [values, options, name] of refused) {
    throws(() => autoEts(values, options as AutoEtsOptions), { name });
  }
});
