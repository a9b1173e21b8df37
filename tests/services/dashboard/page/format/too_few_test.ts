import { strictEqual } from "node:assert/strict";
import {
  countLacking,
  describeLacking,
  describeWait,
  horizonNow,
} from "../../../../../services/dashboard/page/format/too_few.ts";

const wait = (found: number, stepMs = 15_000) => ({
  lacking: { found, needed: 600_000 / stepMs },
  horizonMs: 600_000,
  stepMs,
});

Deno.test("describeLacking() says how many samples there are of how many", () => {
  strictEqual(
    describeLacking(wait(12)),
    "Only 12 samples so far: 40, one each 15 s, are needed to look 10 min ahead.",
  );
  const day = { lacking: { found: 1, needed: 1_440 }, horizonMs: 86_400_000, stepMs: 60_000 };
  strictEqual(
    describeLacking(day, "until then"),
    "Only 1 sample until then: 1,440, one each 1 min, are needed to look 24 h ahead.",
  );
});

Deno.test("countLacking() says it in a few words", () => {
  strictEqual(countLacking({ found: 12, needed: 40 }), ": 12 of 40 samples yet");
  strictEqual(countLacking({ found: 1, needed: 2_880 }), ": 1 of 2,880 samples yet");
});

Deno.test("describeWait() says when there are enough samples", () => {
  const nowMs = new Date(2026, 4, 17, 16, 33, 10).getTime();
  strictEqual(describeWait(wait(12), nowMs), "If they go on coming, there are enough at 16:40.");
});

Deno.test("horizonNow() is the farthest that the samples suffice for", () => {
  strictEqual(horizonNow(wait(19)), undefined, "too few for any");
  strictEqual(horizonNow(wait(20)), "5m");
  strictEqual(horizonNow(wait(39)), "5m");
  strictEqual(horizonNow(wait(40, 5_000)), "3m");
  strictEqual(horizonNow(wait(21, 5_000)), "1m");
});
