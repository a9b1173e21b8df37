import { deepStrictEqual } from "node:assert/strict";
import { rangeSinceFirst } from "../../../services/dashboard/page/charts/young_range.ts";

const MINUTE = 60_000;
const RANGE = { fromMs: 0, toMs: 180 * MINUTE };

function since(minute: number) {
  const timesMs = Array.from({ length: 180 }, (_, i) => i * MINUTE);
  return { timesMs, values: timesMs.map((_, i) => i < minute ? null : 1) };
}

Deno.test("rangeSinceFirst() begins before the first sample of a young series, and not too short", () => {
  deepStrictEqual(rangeSinceFirst(RANGE, since(140)), { fromMs: 138 * MINUTE, toMs: RANGE.toMs });
  deepStrictEqual(rangeSinceFirst(RANGE, since(178)), { fromMs: 170 * MINUTE, toMs: RANGE.toMs });
});

Deno.test("rangeSinceFirst() leaves a range alone that is half full, and one without any sample", () => {
  deepStrictEqual(rangeSinceFirst(RANGE, since(80)), RANGE);
  deepStrictEqual(rangeSinceFirst(RANGE, since(200)), RANGE);
  deepStrictEqual(rangeSinceFirst(RANGE, { timesMs: [], values: [] }), RANGE);
});
