import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { incrementsOf } from "../../../../../services/dashboard/page/charts/plot/increments.ts";
import {
  describeBounds,
  isOutOfBounds,
  nameBound,
} from "../../../../../services/dashboard/page/format/bounds.ts";
import {
  formatInterval,
  formatQuantity,
  formatSpread,
  formatTicks,
  formatTogether,
  formatWithin,
} from "../../../../../services/dashboard/page/format/quantity.ts";
import { DIGITS_READ, formatApart } from "../../../../../services/shared/domain/units/quantity.ts";
import { NO_UNIT } from "../../../../../services/shared/domain/units/unit.ts";

Deno.test("formatTicks() tells neighbouring ticks of a large value apart", () =>
  deepStrictEqual(formatTicks([1.795402e12, 1.795404e12, 1.795406e12], NO_UNIT), [
    "1.795402T",
    "1.795404T",
    "1.795406T",
  ]));

Deno.test("formatInterval() leaves an interval out that has no width", () => {
  strictEqual(formatInterval({ value: 1, lower: 1, upper: 1 + 1e-15 }), "1");
  strictEqual(formatInterval({ value: 2, lower: 1, upper: 3 }, { base: "ratio" }), "200 % (100 % … 300 %)");
});

Deno.test("formatSpread() writes the difference of shares in percentage points", () => {
  strictEqual(formatSpread(0.098, { base: "ratio" }), "9.8 pp");
  strictEqual(formatSpread(0.098, { base: "ratio" }, "long"), "9.8 percentage points");
  strictEqual(formatSpread(5e-4, { base: "ratio" }), "0.05 pp");
  strictEqual(formatSpread(5e-7, { base: "seconds", perSecond: true }), "0.5 µs/s");
  strictEqual(formatSpread(3, { base: "celsius" }), "3 °C");
});

Deno.test("formatWithin() takes the digits that a thousandth of the span needs", () => {
  strictEqual(formatWithin([1.7954e12, 1.7955e12])(1.79541234567e12), "1,795,412,300,000");
  strictEqual(formatWithin([0, 100])(12.3456), "12.35");
  strictEqual(formatWithin([5, 5])(5), "5");
});

Deno.test("formatQuantity() writes a point in time in the viewer's zone", () => {
  const now = Math.floor(Date.now() / 1_000);
  match(formatQuantity(now, { base: "epoch seconds" }), /^\d\d:\d\d:\d\d$/);
  match(formatTogether([now, now + 0.5], { base: "epoch seconds" })[1], /^\d\d:\d\d:\d\d\.500$/);
});

Deno.test("describeBounds() tells a value from the bound that it is above", () => {
  deepStrictEqual(describeBounds({ value: 4.00001, min: null, max: 4 }), { value: "4.00001", bounds: "≤ 4" });
  deepStrictEqual(describeBounds({ value: 1.2, min: 0.1, max: 1.7943999999999871 }), {
    value: "1.2",
    bounds: "0.1 … 1.794",
  });
  deepStrictEqual(describeBounds({ value: 1.7944, min: null, max: 1.7943999999999871 }).bounds, "≤ 1.794");
  deepStrictEqual(describeBounds({ min: 1, max: 4 }), { value: "–", bounds: "1 … 4" });
  deepStrictEqual(describeBounds({ min: null, max: null }), { value: "–", bounds: "none yet" });
});

Deno.test("describeBounds() writes value and bound as the reason of a service does", () => {
  for (const [value, max] of [[999.5, 1_000], [12_345.678, 1e6], [2.5e9, 1e9], [1_000, 1_000]]) {
    const told = formatApart([value, max], { base: "requests" }, { digits: DIGITS_READ });
    const { value: found, bounds } = describeBounds({ value, min: null, max }, { base: "requests" });
    deepStrictEqual([found, bounds], [told[0], `≤ ${told[1]}`]);
  }
  strictEqual(describeBounds({ value: 12, min: null, max: 1_000 }).bounds, "≤ 1,000");
  // A bound is somebody's own number: however small, it is not paraphrased.
  strictEqual(describeBounds({ min: null, max: 2e-5 }, { base: "ratio" }).bounds, "≤ 0.002 %");
});

Deno.test("nameBound() writes a bound in a chart as the card around it does", () => {
  const max = { label: "bound ≤", value: 1_000 };
  strictEqual(nameBound(max, [0, 250], { base: "requests" }), "bound ≤ 1,000 req");
  strictEqual(nameBound({ ...max, value: 1.79432 }, [1.79, 1.8], NO_UNIT), "bound ≤ 1.79432");
});

Deno.test("isOutOfBounds() is true beyond a bound, and false on it and without a value", () => {
  strictEqual(isOutOfBounds({ value: 4.1, min: null, max: 4 }), true);
  strictEqual(isOutOfBounds({ value: 0, min: 1, max: null }), true);
  strictEqual(isOutOfBounds({ value: 4, min: 4, max: 4 }), false);
  strictEqual(isOutOfBounds({ value: null, min: 1, max: 4 }), false);
});

for (const base of [null, "bytes", "seconds", "epoch seconds", "epoch milliseconds"]) {
  Deno.test(`incrementsOf() goes up, from tick to tick of ${base ?? "no unit"}`, () => {
    const steps = incrementsOf({ base });
    deepStrictEqual(steps, [...new Set(steps)].sort((a, b) => a - b));
  });
}
