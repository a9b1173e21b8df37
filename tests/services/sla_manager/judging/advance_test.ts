import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { advance, newSeriesProgress } from "../../../../services/sla_manager/judging/advance.ts";
import { HourDeltas } from "../../../../services/sla_manager/budget/hour_deltas.ts";
import { RULES, states, STEP, UNTIL, walk } from "./_walk.ts";

Deno.test("advance() tells each change once, at the step where it happened", () => {
  const { changes, buckets } = walk([5, 11, 12, 5, -1, NaN, 5]);
  deepStrictEqual(states(changes), [["violated", 1], ["ok", 3], ["violated", 4], ["ok", 6]]);
  deepStrictEqual(buckets, [
    { seriesId: "id", hourMs: 0, goodMs: 3 * STEP, badMs: 3 * STEP, missingMs: STEP },
  ]);
});

Deno.test("advance() counts a violation from its first step once it is as long as the tolerance", () => {
  const rules = { ...RULES, toleranceMs: 3 * STEP };
  const short = walk([5, 11, 11, 5], rules);
  deepStrictEqual(states(short.changes), [["at_risk", 1]]);
  strictEqual(short.buckets[0].badMs, 0);
  const long = walk([5, 11, 11, 11, 5], rules);
  deepStrictEqual(states(long.changes), [["at_risk", 1], ["violated", 1], ["ok", 4]]);
  strictEqual(long.buckets[0].badMs, 3 * STEP);
});

Deno.test("advance() keeps the state over a short gap, then does not know", () => {
  const { changes, progress } = walk([5, NaN, NaN, NaN, NaN]);
  deepStrictEqual(states(changes), [["unknown", 3]]);
  ok(/no sample since 1970-01-01 00:00:00 UTC, for longer than 3m/.test(progress.reason), progress.reason);
});

for (const noData of ["violated", "ok"] as const) {
  Deno.test(`advance() takes no data as ${noData} where the SLA says so, in words`, () => {
    const { progress } = walk([11, NaN, NaN, NaN], { ...RULES, noData });
    strictEqual(progress.state, noData);
    ok(progress.reason.endsWith(`no data means ${noData} here`), progress.reason);
  });
}

Deno.test("advance() warns within bounds, and calms down only after a while", () => {
  const rules = { ...RULES, warnMax: 8 };
  const { changes } = walk([5, 9, 5, 9, 5, 5, 5], rules);
  deepStrictEqual(states(changes), [["at_risk", 1], ["ok", 6]]);
});

Deno.test("advance() tells of a first look at the sample it is judged by; its samples say since when", () => {
  const first = newSeriesProgress("id", {}, 0);
  const samples = { startMs: 0, values: [5, 11, 12, 13, NaN] };
  const { progress, changes } = advance(first, samples, { ...UNTIL(5), totals: new HourDeltas() });
  deepStrictEqual(changes, [
    {
      from: null,
      to: "violated",
      atMs: 3 * STEP,
      value: 13,
      reason: "13 is above the maximum of 10; by its samples since 1970-01-01 00:01:00 UTC",
    },
  ]);
  deepStrictEqual([progress.state, progress.sinceMs / STEP, progress.changedAtMs / STEP], ["violated", 1, 3]);
});

Deno.test("advance() tells of a tolerated violation at its first step, with what was there", () => {
  const { changes, progress } = walk([5, 11, 12, 13], { ...RULES, toleranceMs: 3 * STEP });
  deepStrictEqual(changes.map(({ to, atMs, value, reason }) => [to, atMs / STEP, value, reason])[1], [
    "violated",
    1,
    11,
    "11 is above the maximum of 10",
  ]);
  strictEqual(progress.reason, "13 is above the maximum of 10");
});
