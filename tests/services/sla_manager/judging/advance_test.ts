import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { findViolations } from "@pronoia/analytics";
import {
  advance,
  fail,
  newSeriesProgress,
  rejudge,
  type StateChange,
} from "../../../../services/sla_manager/judging/advance.ts";
import { HourDeltas } from "../../../../services/sla_manager/budget/hour_deltas.ts";
import type { JudgeRules } from "../../../../services/sla_manager/judging/judge_rules.ts";
import { NO_UNIT } from "../../../../services/shared/domain/units/unit.ts";
import type { SeriesProgress } from "../../../../services/shared/domain/sla/sla_progress.ts";

const STEP = 60_000;
const RULES: JudgeRules = {
  unit: NO_UNIT,
  min: 0,
  max: 10,
  warnMin: null,
  warnMax: null,
  noData: "unknown",
  stepMs: STEP,
  toleranceMs: 0,
  staleAfterMs: 3 * STEP,
  riskForMs: 2 * STEP,
  riskThreshold: 0.5,
  riskExit: 0.4,
};

/** How far to walk. */
const UNTIL = (steps: number) => ({ toMs: steps * STEP, nowMs: steps * STEP, rules: RULES });

/** Walks a fresh series through values, in portions. */
function walk(
  values: readonly number[],
  rules: JudgeRules = RULES,
  portions: readonly number[] = [values.length],
) {
  let progress: SeriesProgress = { ...newSeriesProgress("id", {}, 0), state: "ok", reason: "before" };
  const changes: StateChange[] = [];
  const totals = new HourDeltas();
  let done = 0;
  for (const portion of [...portions, values.length]) {
    const end = Math.min(values.length, done + portion);
    const samples = { startMs: done * STEP, values: values.slice(done, end) };
    const walked = advance(progress, samples, { toMs: end * STEP, nowMs: end * STEP, rules, totals });
    changes.push(...walked.changes);
    progress = walked.progress;
    done = end;
  }
  return { progress, changes, buckets: totals.buckets("id") };
}

const states = (changes: readonly StateChange[]) => changes.map(({ to, atMs }) => [to, atMs / STEP]);

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
  deepStrictEqual(states(short.changes), [["at_risk", 1], ["ok", 5]].slice(0, 1));
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

Deno.test("rejudge() follows the prediction with hysteresis", () => {
  const { progress } = walk([5, 5]);
  const risky = rejudge({ ...progress, risk: { probability: 0.7, active: true, untilMs: 9 * STEP } }, RULES);
  deepStrictEqual(states(risky.changes), [["at_risk", 1]]);
  ok(risky.progress.reason.includes("70 %"));
  const calm = rejudge(
    { ...risky.progress, risk: { probability: 0.1, active: false, untilMs: 9 * STEP } },
    RULES,
  );
  deepStrictEqual([states(calm.changes), calm.progress.state], [[], "at_risk"]);
});

Deno.test("rejudge() follows the prediction over a short gap, and leaves the state there to the sample else", () => {
  const risk = { probability: 0.7, active: true, untilMs: 9 * STEP };
  const found = (values: readonly number[]) => {
    const { progress, changes } = rejudge({ ...walk(values).progress, risk }, RULES);
    return [progress.state, states(changes)];
  };
  deepStrictEqual(found([5, NaN]), ["at_risk", [["at_risk", 1]]]);
  deepStrictEqual(found([11, NaN]), ["violated", []]);
  deepStrictEqual(found([5, NaN, NaN, NaN]), ["unknown", []]);
});

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

Deno.test("advance() tells of a first look at the sample it is judged by; its samples say since when", () => {
  const first = newSeriesProgress("id", {}, 0);
  const samples = { startMs: 0, values: [5, 11, 12, 13, NaN] };
  const { progress, changes } = advance(first, samples, { ...UNTIL(5), totals: new HourDeltas() });
  deepStrictEqual(changes, [
    { from: null, to: "violated", atMs: 3 * STEP, value: 13, reason: "13 is above the maximum of 10" },
  ]);
  deepStrictEqual([progress.state, progress.sinceMs / STEP], ["violated", 1]);
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

Deno.test("advance() knows nothing of the time in which the source failed: not before, not within, not since when", () => {
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
  const known = "known since the source answers again";
  deepStrictEqual(found([5, 5], [NaN, 5, 12, 13]), [
    "violated",
    5,
    `13 is above the maximum of 10; by its samples since 1970-01-01 00:04:00 UTC, ${known}`,
  ]);
  // What was so before the source failed goes on.
  deepStrictEqual(found([5, 11], [11, 11]), [
    "violated",
    3,
    `11 is above the maximum of 10; by its samples since 1970-01-01 00:01:00 UTC, ${known}`,
  ]);
  deepStrictEqual(found([5, 11], [NaN, 11, 11]), [
    "violated",
    4,
    `11 is above the maximum of 10; by its samples since 1970-01-01 00:03:00 UTC, ${known}`,
  ], "one ended with the missing sample, and another began");
  deepStrictEqual(found([5, 5], [6, 6]), [
    "ok",
    3,
    `6 is within 0 … 10; by its samples at least since 1970-01-01 00:02:00 UTC, ${known}`,
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
    reason: "6 is within 0 … 10, by the sample of 1970-01-01 00:03:00 UTC",
  }]);
  deepStrictEqual([back.progress.sinceMs, back.progress.reason], [3.7 * STEP, "6 is within 0 … 10"]);
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
    "no sample since 1970-01-01 00:01:00 UTC; the metrics source gave no answer meanwhile",
  ]);
});

const value = fc.oneof(fc.constantFrom(-1, 0, 5, 10, 11, NaN), fc.constantFrom(5, 5, 5, 12));

Deno.test("advance() finds the same whatever the portions", () => {
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 80 }),
      fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 30 }),
      fc.integer({ min: 0, max: 4 }),
      (values, portions, tolerance) => {
        const rules = { ...RULES, warnMax: 9, toleranceMs: tolerance * STEP };
        deepStrictEqual(walk(values, rules, portions), walk(values, rules));
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("advance() accounts what findViolations finds", () => {
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 0, max: 5 }),
      (values, tolerance) => {
        const rules = { ...RULES, toleranceMs: tolerance * STEP };
        // A last good step ends what is still open, so that no tolerated step waits.
        const closed = [...values, 5];
        const { buckets, changes } = walk(closed, rules);
        const found = findViolations({ startMs: 0, stepMs: STEP, values: closed }, {
          min: 0,
          max: 10,
          toleranceMs: Math.max(0, tolerance * STEP - 1),
        });
        const sum = (field: "badMs" | "missingMs") =>
          buckets.reduce((total, bucket) => total + bucket[field], 0);
        strictEqual(sum("badMs"), found.violatedMs);
        strictEqual(sum("missingMs"), found.missing * STEP);
        // One change to violated per interval; those of both bounds back to back, or over a short gap, are one.
        ok(changes.filter(({ to }) => to === "violated").length <= found.intervals.length);
      },
    ),
    { seed: 2, numRuns: 300 },
  );
});

Deno.test("advance() tells no change with a value of another moment", () => {
  const what = fc.oneof(fc.constant("look"), fc.constant("look"), fc.constantFrom("fail", "risk"));
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 60 }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), what), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 0, max: 4 }),
      (values, looks, tolerance) => {
        const rules = { ...RULES, warnMax: 9, toleranceMs: tolerance * STEP };
        let progress = newSeriesProgress("id", {}, 0);
        const changes: StateChange[] = [];
        let done = 0;
        for (const [steps, happens] of looks) {
          done = Math.min(values.length, done + steps);
          const toMs = done * STEP;
          const nowMs = toMs + STEP / 2;
          if (happens === "fail" && progress.state === null) continue;
          const { progress: next, changes: told } = happens === "fail"
            ? fail(progress, nowMs, "source down")
            : advance(progress, { startMs: 0, values }, { toMs, nowMs, rules, totals: new HourDeltas() });
          progress = next;
          changes.push(...told);
          if (happens !== "risk") continue;
          const risk = { probability: 0.7, active: true, untilMs: toMs + 9 * STEP };
          const judged = rejudge({ ...progress, risk }, rules);
          progress = judged.progress;
          changes.push(...judged.changes);
        }
        for (const [k, change] of changes.entries()) {
          if (change.value !== null) strictEqual(change.value, values[change.atMs / STEP]);
          ok(k === 0 || change.atMs >= changes[k - 1].atMs);
          strictEqual(change.from, changes[k - 1]?.to ?? null);
        }
      },
    ),
    { seed: 3, numRuns: 500 },
  );
});
