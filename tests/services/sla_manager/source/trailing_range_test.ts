import { deepStrictEqual } from "node:assert/strict";
import { trailingRange } from "../../../../services/sla_manager/source/trailing_range.ts";

for (
  const [nowMs, windowMs, stepMs, fromMs, toMs] of [
    [1_000, 40, 10, 970, 1_010],
    [1_009, 40, 10, 970, 1_010],
    [1_010, 40, 10, 980, 1_020],
    [1_000, 45, 10, 970, 1_010],
    [1_000, 5, 10, 1_000, 1_010],
    [1_000, 10, 10, 1_000, 1_010],
  ]
) {
  Deno.test(`trailingRange() of ${windowMs} ms in steps of ${stepMs} at ${nowMs} is [${fromMs}, ${toMs})`, () =>
    deepStrictEqual(trailingRange(nowMs, { windowMs, stepMs }), { fromMs, toMs }));
}
