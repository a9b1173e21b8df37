import { breachProbability, fitEts } from "@pronoia/analytics";
import { ok } from "node:assert/strict";
import { createGenerator, type Generator } from "../../../analytics/random/_generator.ts";

const SEEDS = 12;
const LENGTH = 720;
const HORIZON = 60;

/** Values around 10, and the value that the highest of the next ones is above with a probability. */
const kinds: Readonly<
  Record<string, { draw: (random: Generator) => number; quantile: (p: number) => number }>
> = {
  uniform: { draw: (random) => random.uniform(), quantile: (p) => p },
  exponential: { draw: (random) => -Math.log(1 - random.uniform()), quantile: (p) => -Math.log(1 - p) },
};

function said(kind: string, bound: number): number {
  let sum = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const random = createGenerator(seed, 0);
    const values = Float64Array.from({ length: LENGTH }, () => 10 + kinds[kind].draw(random));
    sum += breachProbability(fitEts(values), { max: 10 + bound, horizon: HORIZON }).probability / SEEDS;
  }
  return sum;
}

for (const [kind, { quantile }] of Object.entries(kinds)) {
  Deno.test(`fitEts() paths of ${kind} errors break bounds as often as the series does`, () => {
    for (const [probability, slack] of [[0.05, 0.04], [0.2, 0.08], [0.5, 0.08]]) {
      const found = said(kind, quantile((1 - probability) ** (1 / HORIZON)));
      ok(Math.abs(found - probability) < slack, `${found} where ${probability} happens`);
    }
  });
}

Deno.test("fitEts() paths do not reach a bound that errors never reach", () => {
  ok(said("uniform", 1.01) < 0.01);
});
