import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  firstSampleMs,
  rangeSinceFirst,
} from "../../../../../../services/dashboard/page/charts/data/young_range.ts";

const MINUTE = 60_000;
const RANGE = { fromMs: 0, toMs: 180 * MINUTE };

function since(minute: number) {
  const timesMs = Array.from({ length: 180 }, (_, i) => i * MINUTE);
  return { timesMs, values: timesMs.map((_, i) => i < minute ? null : 1) };
}

Deno.test("rangeSinceFirst() begins before the first sample of a young series, and not too short", () => {
  deepStrictEqual(rangeSinceFirst(RANGE, since(140)), { fromMs: 138 * MINUTE, toMs: RANGE.toMs });
  deepStrictEqual(rangeSinceFirst(RANGE, since(179)), { fromMs: 178 * MINUTE, toMs: RANGE.toMs });
  deepStrictEqual(rangeSinceFirst(RANGE, since(178)), { fromMs: 177.9 * MINUTE, toMs: RANGE.toMs });
});

Deno.test("rangeSinceFirst() leaves a range alone that is half full, and one without any sample", () => {
  deepStrictEqual(rangeSinceFirst(RANGE, since(80)), RANGE);
  deepStrictEqual(rangeSinceFirst(RANGE, since(200)), RANGE);
  deepStrictEqual(rangeSinceFirst(RANGE, { timesMs: [], values: [] }), RANGE);
});

Deno.test("firstSampleMs() is when the first value is, if there is one", () => {
  strictEqual(firstSampleMs(since(140)), 140 * MINUTE);
  strictEqual(firstSampleMs(since(200)), undefined);
});
