import { strictEqual } from "node:assert/strict";
import type { Cycle } from "../../../../../../services/dashboard/page/api/pipeline.ts";
import { findFirstCycle } from "../../../../../../services/dashboard/page/parts/progress/find_first_cycle.ts";

for (
  const [states, done, id] of [
    [[], 0, undefined],
    [["running"], 0, "0"],
    [["running", "failed", "failed"], 0, "0"],
    // The source was away for so long that none of those that came to their end is among those that are asked for.
    [["running", "failed"], 1, undefined],
    [["running", "done"], 1, undefined],
    [["done"], 1, undefined],
    [["failed"], 0, undefined],
  ] as const
) {
  Deno.test(`findFirstCycle() finds ${id ?? "none"} of ${states.join(", ") || "none"} after ${done} that ended`, () => {
    const items = states.map((state, k) => ({ id: `${k}`, state, startedAtMs: -k * 60_000 }) as Cycle);
    strictEqual(findFirstCycle({ items, done })?.id, id);
  });
}
