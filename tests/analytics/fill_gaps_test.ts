import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { adfTest, fillGaps } from "@pronoia/analytics";

Deno.test("fillGaps() draws lines through gaps up to the longest, and leaves the ends", () => {
  const { values, filled, missing } = fillGaps([NaN, 0, NaN, NaN, 3, NaN, NaN, NaN, 7, NaN], { maxGap: 2 });
  deepStrictEqual([...values].map((value) => Math.round(value * 1e12) / 1e12), [
    NaN,
    0,
    1,
    2,
    3,
    NaN,
    NaN,
    NaN,
    7,
    NaN,
  ]);
  strictEqual(filled, 2);
  strictEqual(missing, 5);
});

Deno.test("fillGaps() makes a series with single gaps fit for the tests that refuse them", () => {
  const gapped = Array.from({ length: 100 }, (_, t) => t % 20 === 7 ? NaN : Math.sin(t * t));
  throws(() => adfTest(gapped), { message: /no value may be missing/ });
  strictEqual(adfTest(fillGaps(gapped, { maxGap: 1 }).values).pValue < 0.01, true);
});
