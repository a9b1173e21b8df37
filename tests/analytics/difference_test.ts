import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { difference, judgeStationarity } from "@pronoia/analytics";
import { createGenerator } from "../../analytics/random/_generator.ts";

Deno.test("difference() is missing where either value is", () => {
  deepStrictEqual([...difference([1, NaN, 4, 9]).values], [NaN, NaN, 5]);
});

Deno.test("difference() refuses a series of which nothing can be differenced", () => {
  for (const values of [[], [1]]) {
    for (const options of [{}, { lag: 1 }]) {
      throws(() => difference(values, options), {
        name: "RangeError",
        message: `Cannot take differences as at least 2 values are needed: found ${values.length}`,
      });
    }
  }
  throws(() => difference([1, 2], { lag: 2 }), RangeError);
});

Deno.test("difference() turns a random walk into something stationary", () => {
  const { normal } = createGenerator(1);
  let level = 0;
  const walk = Array.from({ length: 400 }, () => level += normal());
  strictEqual(judgeStationarity(walk).verdict, "unit-root");
  strictEqual(judgeStationarity(difference(walk).values).verdict, "stationary");
});

Deno.test("difference() refuses what no double can hold", () => {
  throws(() => difference([-1.7e308, 1.7e308]), {
    name: "RangeError",
    message: "Cannot take differences as each must be a finite number: it overflows at index 0",
  });
});
