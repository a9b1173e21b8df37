import { deepStrictEqual } from "node:assert/strict";
import type { Cycle } from "../../../../../../services/dashboard/page/api/pipeline.ts";
import { findFirstCycle } from "../../../../../../services/dashboard/page/parts/progress/find_first_cycle.ts";

function cycles(...states: Cycle["state"][]): Cycle[] {
  return states.map((state, k) => ({ id: `${k}`, state, startedAtMs: -k * 60_000 }) as Cycle);
}

for (
  const [states, id] of [
    [[], undefined],
    [["running"], "0"],
    [["running", "failed", "failed"], "0"],
    [["running", "failed", "done"], undefined],
    [["running", "done"], undefined],
    [["done"], undefined],
    [["failed"], undefined],
  ] as const
) {
  Deno.test(`findFirstCycle() finds ${id === undefined ? "none" : "the newest"} of ${states.join(", ") || "none"}`, () =>
    deepStrictEqual(findFirstCycle(cycles(...states))?.id, id));
}
