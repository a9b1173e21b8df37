import { match, strictEqual } from "node:assert/strict";
import {
  describeMissing,
  describeObservations,
} from "../../../../../services/dashboard/page/format/observations.ts";

Deno.test("describeMissing() says what was seen, and nothing of the rest", () => {
  strictEqual(
    describeMissing(42_000_000, 43_200_000),
    "There are samples of 20 min of these 12 h: nothing is said about the rest.",
  );
});

for (
  const [observations, missing, words] of [
    [5_759, 0, "24 h of samples (5,759 values, one each 15 s); none is missing"],
    [5_759, 1, "24 h of samples (5,759 values, one each 15 s); of the 5,760 steps in 24 h, 1 has no value"],
    [
      2_718,
      162,
      "11.3 h of samples (2,718 values, one each 15 s); of the 2,880 steps in 12 h, 162 have no value",
    ],
    [
      55,
      17_225,
      "14 min of samples (55 values, one each 15 s) in the 3 d looked at; it is young, or was silent",
    ],
  ] as const
) {
  Deno.test(`describeObservations() tells of ${observations} values, ${missing} missing`, () =>
    strictEqual(describeObservations({ observations, missing, stepMs: 15_000 }), words));
}

Deno.test("describeMissing() says what time without samples counts as", () => {
  match(describeMissing(3_600_000, 10_800_000), /: nothing is said about the rest\.$/);
  match(
    describeMissing(3_600_000, 10_800_000, "violated"),
    /: the budget counts the rest as violated, .* is stale is a violation\.$/,
  );
  match(describeMissing(3_600_000, 10_800_000, "ok"), /counts as in bounds for the state and the budget\.$/);
});
