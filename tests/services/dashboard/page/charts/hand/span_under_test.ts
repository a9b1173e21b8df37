import { deepStrictEqual } from "node:assert/strict";
import { spanUnder } from "../../../../../../services/dashboard/page/charts/hand/span_under.ts";

const VIEW = { min: 1_000, max: 2_000 };

for (
  const [what, fingers, expected] of [
    ["moves along with one finger", [{ px: 150, value: 1_500 }], { min: 1_125, max: 2_125 }],
    ["zooms in as two go apart", [{ px: 50, value: 1_250 }, { px: 350, value: 1_750 }], {
      min: 1_166.6666666666667,
      max: 1_833.3333333333335,
    }],
    ["zooms out as two come together", [{ px: 150, value: 1_250 }, { px: 250, value: 1_750 }], {
      min: 500,
      max: 2_500,
    }],
    ["keeps the scale of two at one place", [{ px: 300, value: 1_250 }, { px: 310, value: 1_750 }], {
      min: 500,
      max: 1_500,
    }],
    ["keeps the scale of two that crossed", [{ px: 300, value: 1_750 }, { px: 100, value: 1_250 }], {
      min: 1_000,
      max: 2_000,
    }],
    ["never turns the axis around", [{ px: 100, value: 1_750 }, { px: 300, value: 1_250 }], {
      min: 1_500,
      max: 2_500,
    }],
  ] as const
) {
  Deno.test(`spanUnder() ${what}`, () => {
    const { min, max } = spanUnder(fingers, VIEW, 400);
    deepStrictEqual(
      [min, max].map((one) => Math.round(one * 1e6)),
      [expected.min, expected.max].map((one) => Math.round(one * 1e6)),
    );
  });
}
