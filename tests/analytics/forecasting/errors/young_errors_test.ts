import { deepStrictEqual, ok } from "node:assert/strict";
import { breachProbability, chooseForecaster, intervalCoverage, readForecaster } from "@pronoia/analytics";
import { fitYoung, foretell } from "../../../../analytics/forecasting/errors/_young_fit.ts";
import { createGenerator, type Generator } from "../../../../analytics/random/_generator.ts";

type Start = (random: Generator) => () => number;

const KINDS: Readonly<Record<string, Start>> = {
  "noise": (random) => () => 100 + random.normal(),
  "an autoregression": (random) => {
    let value = random.normal() / Math.sqrt(0.75);
    return () => 100 + (value = 0.5 * value + random.normal());
  },
  "a walk": (random) => {
    let value = 100;
    return () => value += random.normal();
  },
  "a line in noise": (random) => {
    let t = 0;
    return () => 100 + 0.3 * t++ + random.normal();
  },
};

for (const [what, start] of Object.entries(KINDS)) {
  Deno.test(`chooseForecaster() intervals hold on young series: ${what}`, () => {
    for (const [length, horizon] of [[20, 10], [20, 40], [40, 20], [40, 40], [80, 40]]) {
      let held = 0;
      const runs = 60;
      for (let seed = 1; seed <= runs; seed++) {
        const next = start(createGenerator(seed, length));
        const values = Array.from({ length: length + horizon }, () => next());
        const forecast = chooseForecaster(values.slice(0, length), { horizon, effort: "quick" }).forecast(
          horizon,
        );
        held += intervalCoverage(values.slice(length), forecast) / runs;
      }
      // What comes after one series is alike: of 60 series the share is known to three percentage points.
      ok(held >= 0.9 && held <= 0.995, `${length} values, ${horizon} ahead: ${held}`);
    }
  });
}

Deno.test("breachProbability() of a few values of noise does not take a far bound for likely", () => {
  for (const [length, most] of [[5, 0.5], [10, 0.35], [20, 0.15], [40, 0.05]]) {
    let said = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const random = createGenerator(seed);
      const values = Array.from({ length }, () => 50 + random.normal());
      const forecaster = chooseForecaster(values, { horizon: 40, effort: "quick" });
      said += breachProbability(forecaster, { max: 54, horizon: 40, paths: 300 }).probability / 40;
    }
    ok(said <= most, `${length} values: ${said}`);
  }
});

Deno.test("breachProbability() sees a few values of a ramp reach their bound", () => {
  const random = createGenerator(5);
  const values = Array.from({ length: 12 }, (_, t) => t + 0.3 * random.normal());
  const forecaster = chooseForecaster(values, { horizon: 40 });
  ok(breachProbability(forecaster, { max: 32, horizon: 40 }).probability > 0.9);
  ok(breachProbability(forecaster, { max: 80, horizon: 40 }).probability < 0.1);
});

Deno.test("a young forecaster takes values, also missing ones, and goes through JSON bit for bit", () => {
  for (const length of [6, 50]) {
    const random = createGenerator(9);
    const values = Array.from({ length }, (_, t) => t % 7 === 3 ? NaN : 10 * random.normal());
    const forecaster = chooseForecaster(values, { horizon: 8 });
    const before = forecaster.forecast(8);
    forecaster.update([3, NaN, 80, NaN]);
    const copy = readForecaster(JSON.stringify(forecaster.toJson()));
    const [here, there] = [forecaster.forecast(300), copy.forecast(300)];
    deepStrictEqual(there.upper, here.upper);
    deepStrictEqual(there.simulate({ paths: 5 }), here.simulate({ paths: 5 }));
    const width = ({ lower, upper }: typeof before): number => upper[7] - lower[7];
    ok(width(here) > 1.3 * width(before), "a value far off makes it less sure");
  }
});

Deno.test("fitYoung() agrees with the posterior of a walk by hand, and with Student's prediction of noise", () => {
  // Changes of 1, -2 and 2: the squares sum to 9 over 3 degrees of freedom.
  const fit = fitYoung([5, 6, 4, 6]);
  const walk = fit.kinds.find(({ memory, slope }) => memory === 1 && slope === 0)!;
  deepStrictEqual([fit.freedom, walk.deviation], [3, Math.sqrt(3)]);
  deepStrictEqual(foretell(fit, walk, 4), { mean: 6, deviation: 2 * Math.sqrt(3) });
  // Noise about a level that is flat: mean 5.25, squares 2.75 about it, 1 + 1/4 of the variance of one value.
  const noise = fit.kinds.find(({ memory, slope }) => memory === 0 && slope === 0)!;
  const { mean, deviation } = foretell(fit, noise, 9);
  ok(Math.abs(mean - 5.25) < 1e-12 && Math.abs(deviation - Math.sqrt(2.75 / 3 * 1.25)) < 1e-12);
  ok(Math.abs(fit.kinds.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-12);
});

Deno.test("fitYoung() weighs kinds by what was seen, and bridges gaps", () => {
  const share = (values: number[], isKind: (memory: number) => boolean): number =>
    fitYoung(values).kinds.reduce((sum, { memory, weight }) => sum + (isKind(memory) ? weight : 0), 0);
  const random = createGenerator(3);
  let level = 0;
  const walk = Array.from({ length: 60 }, (_, t) => {
    level += random.normal();
    return t % 10 > 7 ? NaN : level;
  });
  ok(share(walk, (memory) => memory >= 0.95) > 0.7);
  ok(share(Array.from({ length: 60 }, () => random.normal()), (memory) => memory <= 0.25) > 0.7);
});

Deno.test("a forecaster keeps what it saw before a long gap until enough came after it", () => {
  for (const [before, after] of [[[3], [5]], [[3], [5, 6]], [[3, 4, 3], [5]], [[1, 2], Array(19).fill(5)]]) {
    const values = [...before, ...Array(766).fill(NaN), ...after];
    const forecaster = chooseForecaster(values, { horizon: 40 });
    const told = chooseForecaster([...before, NaN, 2]).update(values.slice(before.length));
    for (const each of [forecaster, told, readForecaster(JSON.stringify(forecaster.toJson()))]) {
      const { lower, upper } = each.forecast(40);
      ok(lower[39] < upper[39], `${after.length} values after ${before.length}: ${lower[39]} … ${upper[39]}`);
    }
  }
});
