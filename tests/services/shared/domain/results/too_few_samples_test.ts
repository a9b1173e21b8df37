import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  describeTooFew,
  tooFewSamples,
} from "../../../../../services/shared/domain/results/too_few_samples.ts";

const [STEP_MS, MINUTE_MS, DAY_MS] = [15_000, 60_000, 86_400_000];

Deno.test("tooFewSamples() asks for one horizon, 20 samples, at most half of what is looked back at", () => {
  const lacking = (found: number, horizonMs: number) => {
    const tooFew = tooFewSamples(found, { horizonMs, stepMs: STEP_MS, lookbackMs: DAY_MS });
    return tooFew === null ? 0 : tooFew.needed - tooFew.found;
  };
  deepStrictEqual([lacking(39, 10 * MINUTE_MS), lacking(40, 10 * MINUTE_MS)], [1, 0]);
  deepStrictEqual([lacking(19, MINUTE_MS), lacking(20, MINUTE_MS)], [1, 0]);
  strictEqual(lacking(0, DAY_MS), 2_880);
});

Deno.test("describeTooFew() tells how many there are and how many are needed for what", () => {
  const tooFew = { found: 30, needed: 40, horizonMs: 10 * MINUTE_MS, stepMs: STEP_MS };
  strictEqual(
    describeTooFew(tooFew),
    "only 30 samples so far: 40, one each 15s, are needed to look 10m ahead",
  );
  strictEqual(describeTooFew({ ...tooFew, found: 1 })?.slice(0, 13), "only 1 sample");
  strictEqual(describeTooFew({ ...tooFew, found: 40 }), null);
});
