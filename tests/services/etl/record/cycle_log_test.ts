import { deepStrictEqual } from "node:assert/strict";
import { addWarnings, createCycleLog } from "../../../../services/etl/record/cycle_log.ts";

Deno.test("addWarnings() keeps each warning once, also while the cycle runs", () => {
  const { cycle } = createCycleLog().begin(1);
  addWarnings(cycle, ["a", "b"]);
  addWarnings(cycle, ["b", "c"]);
  deepStrictEqual(cycle.warnings, ["a", "b", "c"]);
});

Deno.test("createCycleLog() tells how many warnings are left out beyond 50", () => {
  const log = createCycleLog();
  const { cycle } = log.begin(1);
  const warnings = Array.from({ length: 70 }, (_, i) => `warning ${i}`);
  addWarnings(cycle, warnings.slice(0, 50));
  log.end(cycle, { endedAtMs: 2, overran: false });
  deepStrictEqual(cycle.warnings, warnings.slice(0, 50));
  addWarnings(cycle, warnings);
  log.end(cycle, { endedAtMs: 2, overran: false });
  deepStrictEqual(cycle.warnings, [...warnings.slice(0, 49), "21 further warnings"]);
});
