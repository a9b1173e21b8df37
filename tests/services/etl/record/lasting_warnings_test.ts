import { deepStrictEqual } from "node:assert/strict";
import type { Cycle } from "../../../../services/etl/record/cycle_log.ts";
import { createCycleLog } from "../../../../services/etl/record/cycle_log.ts";
import { followWarnings } from "../../../../services/etl/record/lasting_warnings.ts";

const MINUTE = 60_000;

function createCycles(): (warnings: readonly string[], state?: Cycle["state"]) => Cycle {
  const log = createCycleLog();
  let startedAtMs = 0;
  return (warnings, state = "done") => {
    startedAtMs += MINUTE;
    return { ...log.begin(startedAtMs).cycle, warnings: [...warnings], state };
  };
}

Deno.test("followWarnings() tells a warning when it comes and when it goes, whatever its numbers are", () => {
  const next = createCycles();
  const changesOf = followWarnings();
  const infinite = (count: number) => `${count} infinite samples are read as missing`;
  const node = (name: string) => `The samples of ${name} are incomplete`;
  deepStrictEqual(changesOf(next([infinite(2), node("disk1")])), {
    begun: [infinite(2), node("disk1")],
    ended: [],
  });
  deepStrictEqual(changesOf(next([node("disk1"), infinite(17)])), { begun: [], ended: [] });
  deepStrictEqual(changesOf(next([node("disk2"), infinite(3)])), {
    begun: [node("disk2")],
    ended: [{ warning: node("disk1"), sinceMs: MINUTE, cycles: 2 }],
  });
  deepStrictEqual(changesOf(next([])), {
    begun: [],
    ended: [{ warning: node("disk2"), sinceMs: 3 * MINUTE, cycles: 1 }, {
      warning: infinite(3),
      sinceMs: MINUTE,
      cycles: 3,
    }],
  });
});

Deno.test("followWarnings() takes nothing from a cycle that failed", () => {
  const next = createCycles();
  const changesOf = followWarnings();
  changesOf(next(["a"]));
  deepStrictEqual(changesOf(next([], "failed")), { begun: [], ended: [] });
  deepStrictEqual(changesOf(next(["a"])), { begun: [], ended: [] });
});
