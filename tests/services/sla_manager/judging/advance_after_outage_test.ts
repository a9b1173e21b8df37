import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { advance, fail } from "../../../../services/sla_manager/judging/advance.ts";
import { HourDeltas } from "../../../../services/sla_manager/budget/hour_deltas.ts";
import { RULES, states, STEP, UNTIL, walk } from "./_walk.ts";

Deno.test("fail() is unknown whatever the policy, and what follows is told as one change", () => {
  const rules = { ...RULES, noData: "ok" } as const;
  const { progress } = walk([5, 5], rules);
  const failed = fail(progress, 3 * STEP, "source down");
  deepStrictEqual(states(failed.changes), [["unknown", 3]]);
  deepStrictEqual(fail(failed.progress, 4 * STEP, "source down").changes, []);
  // While the source was silent the series was out of bounds and back: accounted, but no event claims to be older.
  const totals = new HourDeltas();
  const back = advance(failed.progress, { startMs: 2 * STEP, values: [11, 5, 5] }, {
    toMs: 5 * STEP,
    nowMs: 5 * STEP,
    rules,
    totals,
  });
  deepStrictEqual(states(back.changes), [["ok", 4]]);
  strictEqual(totals.buckets("id")[0].badMs, STEP);
});

Deno.test("advance() tells nothing of the time in which the source failed: neither before nor within", () => {
  const { progress } = walk([5, 11, 11]);
  const failed = fail(progress, 3.2 * STEP, "source down").progress;
  // Within bounds and out again while nobody could know; another sample is not there yet.
  const samples = { startMs: 3 * STEP, values: [11, 5, 12, NaN] };
  const back = advance(failed, samples, { ...UNTIL(7), totals: new HourDeltas() });
  deepStrictEqual(back.changes, [
    { from: "unknown", to: "violated", atMs: 5 * STEP, value: 12, reason: "12 is above the maximum of 10" },
  ]);
  strictEqual(back.progress.sinceMs, 5 * STEP);
  // Unknown all along is one stretch, whatever its samples show.
  const silent = advance(failed, { startMs: 3 * STEP, values: [5, NaN, NaN, NaN] }, {
    ...UNTIL(7),
    totals: new HourDeltas(),
  });
  deepStrictEqual([silent.changes, silent.progress.sinceMs], [[], 3.2 * STEP]);
  ok(silent.progress.reason.startsWith("no sample since"), silent.progress.reason);
});

Deno.test("advance() says since when the samples show what is known again, where that is longer", () => {
  const found = (before: readonly number[], values: readonly number[]) => {
    const { progress } = walk(before);
    const failed = fail(progress, progress.account.toMs + 0.2 * STEP, "source down").progress;
    const toMs = progress.account.toMs + values.length * STEP;
    const samples = { startMs: progress.account.toMs, values };
    const { changes: [{ to, atMs, reason }] } = advance(failed, samples, {
      ...{ toMs, nowMs: toMs, rules: RULES },
      totals: new HourDeltas(),
    });
    return [to, atMs / STEP, reason];
  };
  deepStrictEqual(found([5, 5], [NaN, 5, 12, 13]), [
    "violated",
    5,
    `13 is above the maximum of 10; by its samples since 1970-01-01 00:04:00 UTC`,
  ]);
  // What was so before the source failed goes on.
  deepStrictEqual(found([5, 11], [11, 11]), [
    "violated",
    3,
    `11 is above the maximum of 10; by its samples since 1970-01-01 00:01:00 UTC`,
  ]);
  deepStrictEqual(found([5, 11], [NaN, 11, 11]), [
    "violated",
    4,
    `11 is above the maximum of 10; by its samples since 1970-01-01 00:01:00 UTC`,
  ], "the newest sample speaks until it is stale, as if somebody had looked");
  deepStrictEqual(found([5, 11], [NaN, NaN, NaN, NaN, 11]), [
    "violated",
    6,
    "11 is above the maximum of 10",
  ], "a stale one does not");
  deepStrictEqual(found([5, 5], [6, 6]), [
    "ok",
    3,
    `6 is within 0 … 10; by its samples since 1970-01-01 00:00:00 UTC`,
  ]);
  deepStrictEqual(found([5, 5], [6, 12]), ["violated", 3, "12 is above the maximum of 10"]);
});

Deno.test("advance() knows again since now where the source was away between two samples", () => {
  const failed = fail(walk([5, 5]).progress, 3.2 * STEP, "source down").progress;
  const back = advance(failed, { startMs: 2 * STEP, values: [5, 6] }, {
    ...UNTIL(4),
    nowMs: 3.7 * STEP,
    totals: new HourDeltas(),
  });
  deepStrictEqual(back.changes, [{
    from: "unknown",
    to: "ok",
    atMs: 3.7 * STEP,
    value: null,
    reason: "6 is within 0 … 10; by its samples since 1970-01-01 00:00:00 UTC",
  }]);
  const { sinceMs, changedAtMs, reason } = back.progress;
  deepStrictEqual([sinceMs, changedAtMs, reason], [0, 3.7 * STEP, "6 is within 0 … 10"]);
});

Deno.test("advance() goes on not knowing while the source answers without a new sample", () => {
  const failed = fail(walk([5, 5]).progress, 2 * STEP, "source down").progress;
  const rules = { ...RULES, noData: "ok" } as const;
  const back = advance(failed, { startMs: 2 * STEP, values: [NaN] }, {
    ...UNTIL(3),
    rules,
    totals: new HourDeltas(),
  });
  deepStrictEqual([back.changes, back.progress.state, back.progress.reason], [
    [],
    "unknown",
    "no sample since 1970-01-01 00:01:00 UTC; it could not be judged meanwhile",
  ]);
});
