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
import { RULES, STEP, walk } from "./_walk.ts";

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
        const told = changes.filter(({ to }) => to === "violated").length;
        ok(told <= found.intervals.length && (told > 0) === (found.intervals.length > 0));
      },
    ),
    { seed: 2, numRuns: 300 },
  );
});

Deno.test("advance() says of what is known again since when it is so as if nobody had been away", () => {
  let compared = 0;
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 3, maxLength: 60 }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 0, max: 4 }),
      (values, looks, tolerance) => {
        const rules = { ...RULES, warnMax: 9, toleranceMs: tolerance * STEP };
        let { progress } = walk([5], rules);
        for (const [steps, isDown] of [...looks, [values.length, false] as const]) {
          const done = Math.min(values.length, progress.account.toMs / STEP + (isDown ? 0 : steps));
          const [toMs, nowMs] = [done * STEP, done * STEP + STEP / 2];
          progress = isDown
            ? fail(progress, nowMs, "source down").progress
            : advance(progress, { startMs: 0, values }, { toMs, nowMs, rules, totals: new HourDeltas() })
              .progress;
        }
        const seen = walk([5, ...values.slice(1)], rules).progress;
        strictEqual(seen.account.toMs, progress.account.toMs);
        if (progress.state === "unknown") return;
        compared++;
        const of = ({ state, sinceMs, sinceAtLeast }: typeof seen) => [state, sinceMs, sinceAtLeast];
        deepStrictEqual(of(progress), of(seen));
      },
    ),
    { seed: 4, numRuns: 1_000 },
  );
  ok(compared > 400, `${compared}`);
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
