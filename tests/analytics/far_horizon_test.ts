import { ok } from "node:assert/strict";
import { breachProbability, chooseForecaster } from "@pronoia/analytics";
import { createGenerator, type Generator } from "../../analytics/random/_generator.ts";

/** Values of each series: errors of its forecasts are learned up to a sixth of them. */
const LENGTH = 480;
const FAR = 480;

/** Mean probability of breaking the bound that was found for each of ten series. */
function said(
  next: (state: number, random: Generator) => number,
  boundOf: (continuations: readonly Float64Array[]) => number,
): number {
  let sum = 0;
  for (let seed = 1; seed <= 10; seed++) {
    const random = createGenerator(seed, 0);
    let state = 0;
    const values = Float64Array.from({ length: LENGTH }, () => state = next(state, random));
    const continuations = Array.from({ length: 400 }, () => {
      let later = state;
      return Float64Array.from({ length: FAR }, () => later = next(later, random));
    });
    const forecast = chooseForecaster(values, { periods: [], effort: "quick", horizon: FAR }).forecast(FAR);
    sum += breachProbability(forecast, { max: boundOf(continuations) }).probability / 10;
  }
  return sum;
}

/** The bound that half of the continuations break. */
function half(continuations: readonly Float64Array[]): number {
  return continuations.map((path) => Math.max(...path)).sort((a, b) => a - b)[continuations.length / 2];
}

const noise = (memory: number) => (state: number, random: Generator): number =>
  memory * state + random.normal();

for (const memory of [0, 0.5, 0.95, 1]) {
  Deno.test(`far beyond what was learned, half of the paths of AR(${memory}) break the bound that half do`, () => {
    const share = said(noise(memory), half);
    ok(share > 0.3 && share < 0.75, `${share}`);
  });
}

Deno.test("far beyond what was learned, rare bursts go on coming", () => {
  // Of 480 values 9.6 are bursts: none is one with a probability of 0.00006.
  const bursts = (_: number, random: Generator): number =>
    random.normal() + (random.uniform() < 0.02 ? 20 : 0);
  const share = said(bursts, () => 12);
  ok(share > 0.9, `${share}`);
});

Deno.test("far beyond what was learned, the probability goes on rising", () => {
  const random = createGenerator(1, 0);
  const values = Float64Array.from({ length: LENGTH }, () => random.normal());
  const forecast = chooseForecaster(values, { periods: [], effort: "quick", horizon: FAR }).forecast(FAR);
  const { byStep } = breachProbability(forecast, { max: 2.8 });
  for (let step = 80; step + 80 < FAR; step += 80) ok(byStep[step + 79] > byStep[step - 1] + 0.02, `${step}`);
});
