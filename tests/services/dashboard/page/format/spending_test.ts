import { strictEqual } from "node:assert/strict";
import {
  describeSpendingLines,
  formatBurnRate,
  formatLeft,
  formatSpent,
} from "../../../../../services/dashboard/page/format/spending.ts";

Deno.test("formatSpent() and formatLeft() say how many times over, where a percentage says less", () => {
  strictEqual(formatSpent(1.4), "140 % of");
  strictEqual(formatSpent(81.2), "81 times");
  strictEqual(formatLeft(0.345), "35 %");
  strictEqual(formatLeft(-0.4), "−40 %");
  strictEqual(formatLeft(-80.2), "spent 81×");
  strictEqual(formatLeft(null), "–");
});

Deno.test("describeSpendingLines() speaks of the lines that are drawn", () => {
  const one = { isEven: false, isProjected: false, isOverspent: false };
  strictEqual(describeSpendingLines(one), "What was left.");
  strictEqual(describeSpendingLines({ ...one, isOverspent: true }).includes("below 0 %"), true);
  strictEqual(describeSpendingLines({ ...one, isEven: true }).includes("evenly"), true);
  strictEqual(describeSpendingLines({ ...one, isProjected: true }).includes("evenly"), false);
});

for (
  const [burnRate, spentRate, judgedShare, words] of [
    [100, 15, 0.15, "≥\u202f15×"],
    [2.456, 2.4, 0.97, "2.46×"],
    [0, 0, 1, "0×"],
    [0, 0, 0.15, "–"],
    [0.01, 0.0015, 0.15, "–"],
    [null, null, 0, "–"],
    [12_345.6, 6_172.8, 0.5, "12,345.6×"],
  ] as const
) {
  Deno.test(`formatBurnRate() says ${words} of ${burnRate} with ${judgedShare} judged`, () =>
    strictEqual(formatBurnRate({ burnRate, spentRate, judgedShare }), words));
}
