/**
 * Does it repeat, and how often? `deno run examples/detect_periods.ts`
 *
 * The library alone, over four series whose truth is known: two cycles at once, one cycle under a trend, and two that
 * have none although they look so.
 */
import { deepStrictEqual } from "node:assert/strict";
import { findPeriods } from "@pronoia/analytics";

const DAY = 96;
const random = createRandom(7);
const cycle = (t: number, period: number, height: number) => height * Math.sin(2 * Math.PI * t / period);
let walk = 0;

const series = {
  "a day within a week": make(2_800, (t) => cycle(t, DAY, 5) + cycle(t, 7 * DAY, 3)),
  "a day under growth": make(700, (t) => cycle(t, DAY, 4) + 0.05 * t),
  "noise alone": make(700, () => 0),
  "a random walk": make(700, () => walk += random()),
};
const truth = {
  "a day within a week": [96, 672],
  "a day under growth": [96],
  "noise alone": [],
  "a random walk": [],
};

const found: Record<string, number[]> = {};
for (const [name, values] of Object.entries(series)) {
  const { periods } = findPeriods(values, { stepMs: 900_000 });
  const words = periods.map(({ period, strength }) =>
    `every ${period * 0.25} h (strength ${strength.toFixed(2)})`
  );
  console.log(`${name.padEnd(20)} ${words.join(", ") || "none"}`);
  found[name] = periods.map(({ period }) => period).sort((a, b) => a - b);
}
deepStrictEqual(found, truth);

function make(length: number, value: (t: number) => number): Float64Array {
  return Float64Array.from({ length }, (_, t) => value(t) + random());
}

/** Draws from −1 … 1, the same ones each time. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}
