import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { regularize } from "@pronoia/analytics";

Deno.test("regularize() keeps gaps, sorts, and lets the last duplicate win", () => {
  const { startMs, stepMs, values } = regularize(
    { timesMs: [3000, 1000, 0, 1000], values: [4, 2, 1, 3] },
    { stepMs: 1000 },
  );
  strictEqual(startMs, 0);
  strictEqual(stepMs, 1000);
  deepStrictEqual([...values], [1, 3, NaN, 4]);
});

Deno.test("regularize() takes the nearest sample of a step and ignores missing ones", () => {
  const { values } = regularize(
    { timesMs: [0, 700, 1100, 1100, 1900], values: [1, 9, 2, NaN, 3] },
    { stepMs: 1000 },
  );
  deepStrictEqual([...values], [1, 2, 3]);
});

Deno.test("regularize() covers [fromMs, toMs) and leaves out what lies outside", () => {
  const { startMs, values } = regularize(
    { timesMs: [0, 1000, 2000, 3000], values: [1, 2, 3, 4] },
    { stepMs: 1000, fromMs: 1000, toMs: 3000 },
  );
  strictEqual(startMs, 1000);
  deepStrictEqual([...values], [2, 3]);
  const empty = regularize({ timesMs: [], values: [] }, { stepMs: 10, fromMs: 0, toMs: 25 });
  deepStrictEqual([...empty.values], [NaN, NaN, NaN]);
});

Deno.test("regularize() finds the step and bears a phase on the watershed between two steps", () => {
  const timesMs = [0, 1, 2, 3, 4].map((k) => k * 15_000 + 7_500 + (k % 2 === 0 ? 3 : -3));
  const { values, stepMs } = regularize({ timesMs, values: [1, 2, 3, 4, 5] }, {
    fromMs: 0,
    toMs: 75_000,
    stepMs: 15_000,
  });
  strictEqual(stepMs, 15_000);
  strictEqual(values.filter((value) => !Number.isNaN(value)).length, 5 - Number(Number.isNaN(values[0])));
  deepStrictEqual([...values].slice(1), Number.isNaN(values[0]) ? [1, 2, 3, 4] : [2, 3, 4, 5]);
  strictEqual(regularize({ timesMs: [0, 10, 20, 50], values: [1, 1, 1, 1] }).stepMs, 10);
});

Deno.test("regularize() refuses grids beyond its limit and defaults it cannot find", () => {
  throws(() => regularize({ timesMs: [0], values: [1] }, { stepMs: 1e-3, fromMs: 0, toMs: 1e9 }), {
    message: "Cannot regularize samples as a grid has at most 10000000 steps: found 1000000000000",
  });
  throws(() => regularize({ timesMs: [0], values: [1] }), {
    message: 'Cannot regularize samples as "stepMs" is not given and two samples are needed to find it',
  });
  throws(() => regularize({ timesMs: [], values: [] }, { stepMs: 1 }), RangeError);
});

Deno.test("regularize() says what samples are where it gets pairs", () => {
  // @ts-expect-error pairs are no samples
  throws(() => regularize([[0, 1]]), {
    name: "TypeError",
    message: "Cannot regularize samples as the samples must be { timesMs, values }: found an array",
  });
});
