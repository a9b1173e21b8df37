import { strictEqual } from "node:assert/strict";
import { describeTooFew } from "../../../../../services/shared/domain/results/too_few_samples.ts";
import {
  countTooFew,
  describeWait,
  horizonNow,
  withoutWait,
} from "../../../../../services/dashboard/page/format/too_few.ts";

const tooFew = (found: number, stepMs = 15_000) =>
  describeTooFew({ found, needed: 600_000 / stepMs, horizonMs: 600_000, stepMs })!;
const OTHER = "the expression yields no series";

Deno.test("countTooFew() makes few words of the reason that services give, and none of others", () => {
  strictEqual(countTooFew(tooFew(12)), ": 12 of 40 samples yet");
  strictEqual(countTooFew(tooFew(1)), ": 1 of 40 samples yet");
  strictEqual(countTooFew(OTHER), undefined);
  strictEqual(countTooFew(undefined), undefined);
});

Deno.test("describeWait() says when there are enough samples", () => {
  const nowMs = new Date(2026, 4, 17, 16, 33, 10).getTime();
  strictEqual(describeWait(tooFew(12), nowMs), "If they go on coming, there are enough at 16:40.");
  strictEqual(describeWait(OTHER, nowMs), undefined);
});

Deno.test("horizonNow() is the farthest that the samples suffice for", () => {
  strictEqual(horizonNow(tooFew(19)), undefined, "too few for any");
  strictEqual(horizonNow(tooFew(20)), "5m");
  strictEqual(horizonNow(tooFew(39)), "5m");
  strictEqual(horizonNow(tooFew(40, 5_000)), "3m");
  strictEqual(horizonNow(tooFew(21, 5_000)), "1m");
  strictEqual(horizonNow(OTHER), undefined);
});

Deno.test("withoutWait() leaves out what the page says in its own words, and nothing else", () => {
  const long = `${tooFew(23)}, which is about 2026-05-17 16:40:00 UTC; now 5m45s can be asked for`;
  strictEqual(withoutWait(long), tooFew(23));
  strictEqual(horizonNow(long), "5m");
  strictEqual(withoutWait(OTHER), OTHER);
});
